import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiIr, writeDocs } from 'wirepact/compiler'
import { describeInBrowser, launchBrowser } from '../e2e/browser.js'
import { deskIr } from './asyncapi-ir.js'
import { chatIr } from './chat-ir.js'
import { run } from './cli-world.js'
import { everythingIr } from './everything-ir.js'
import { languageIr } from './language-ir.js'
import { createFolder, readText, routeSource } from './load-source.js'

const hostile = `</script><script>alert(1)</script>" onload='x' <!-- \u2028 \${x} {{y}} &amp; </style>`

function expectWholeLinks(page: string): void {
  for (const link of page.matchAll(/href="#([^"]+)"/g)) expect(page).toContain(`id="${link[1]}"`)
}

describe('the page about an API', () => {
  it('is the same on every run', () => {
    for (const api of [chatIr, everythingIr, languageIr, deskIr]) {
      expect(writeDocs({ ...api, schemas: [...api.schemas].reverse() })).toBe(writeDocs(api))
    }
  })

  it('loads nothing, and allows nothing but its own style and script', () => {
    const page = writeDocs(deskIr)
    expect(page).toMatch(
      /default-src &#39;none&#39;; style-src &#39;sha256-[A-Za-z0-9+/=]{44}&#39;; script-src &#39;sha256-[A-Za-z0-9+/=]{44}&#39;/,
    )
    expect(page).not.toMatch(/ (src|style|on[a-z]+)="|<link|<img|@import|url\(/)
    expect(page.match(/<script/g)).toHaveLength(1)
  })

  it('escapes everything that a person wrote', () => {
    const api: ApiIr = {
      ...chatIr,
      title: hostile,
      description: hostile,
      routes: chatIr.routes.map((route) => ({
        ...route,
        description: hostile,
        clientToServer: route.clientToServer.map((message) => ({
          ...message,
          description: hostile,
          examples: [hostile],
        })),
      })),
      schemas: chatIr.schemas.map((schema) => ({
        ...schema,
        schema: { type: 'object', description: hostile, properties: { [hostile]: { const: hostile } } },
      })),
    }
    const page = writeDocs(api)
    expect(page.match(/<script/g)).toHaveLength(1)
    expect(page.match(/<\/style>/g)).toHaveLength(1)
    expect(page).not.toContain(`onload='x'`)
    expect(page).not.toContain('&amp; </style>')
  })

  it('has every part of the API, and links the types', () => {
    const page = writeDocs(deskIr)
    for (const api of [chatIr, everythingIr, languageIr, deskIr]) expectWholeLinks(writeDocs(api))
    for (const part of ['desk.book', 'desk.hall.channel', 'desk.hall.moved', 'type.Row', 'type.Picture']) {
      expect(page).toContain(`id="${part}"`)
    }
    expect(page).toContain('<a class="type" href="#type.Row">Row</a>')
    expect(page).toContain('href="#type.Person"')
    expect(page).toContain('5 a second, 10 at once')
    expect(page).toContain('at most 65,536 bytes')
  })

  it('does not tell about the state of the server', () => {
    expect(writeDocs(deskIr)).not.toMatch(/DeskState|Secret/)
  })

  it('shows declared examples, and makes others from the schema', () => {
    const page = writeDocs(deskIr)
    expect(page).toContain('<figcaption>Example</figcaption>')
    expect(page).toContain('&quot;kind&quot;: &quot;circle&quot;')
    expect(page).not.toContain('undefined')
  })
})

it('wirepact docs writes the page into a file', async () => {
  const folder = createFolder({ 'schema.ts': routeSource(`path: '/chat'`) })
  expect(await run(folder, ['docs', '--output', 'out/index.html'])).toMatchObject({
    code: 0,
    out: 'Wrote out/index.html\n',
  })
  expect(readText(folder, 'out/index.html')).toMatch(/^<!doctype html>/)
})

describeInBrowser('the page in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wirepact-docs-'))
  const complaints: string[] = []
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    const file = join(folder, 'api.html')
    writeFileSync(file, writeDocs(deskIr))
    browser = await launchBrowser()
    page = await browser.newPage()
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) complaints.push(request.url())
    })
    await page.goto(pathToFileURL(file).href)
  })

  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const search = async (words: string) => {
    await page.fill('#search', words)
    return page.locator('.message:visible h4').allInnerTexts()
  }

  it('is searched by the words of names, descriptions and properties', async () => {
    expect(await search('books a row')).toEqual(['book'])
    expect(await page.locator('#found').innerText()).toMatch(/^\d+ match(es)?$/)
    expect(await search('kind circle drawn')).toEqual(['drawn'])
    // A type is found by those who use it, too.
    expect(await page.locator('nav li:visible').allInnerTexts()).toEqual(['drawn', 'Shape'])
    expect(await search('no such thing')).toEqual([])
    expect(await page.locator('#found').innerText()).toBe('Nothing found')
  })

  it('shows everything again with Escape, and takes a slash to search', async () => {
    await page.press('#search', 'Escape')
    expect((await page.locator('.message:visible').count()) > 5).toBe(true)
    await page.keyboard.press('/')
    await page.keyboard.type('poke')
    expect(await page.locator('.message:visible h4').allInnerTexts()).toEqual(['poke'])
    await page.press('#search', 'Escape')
  })

  it('leads from a message to its type', async () => {
    await search('moves a row')
    await page.locator('.message:visible a.type').first().click()
    expect(new URL(page.url()).hash).toBe('#type.Row')
    expect(await page.locator('[id="type.Row"]').isVisible()).toBe(true)
  })

  it('fits a phone without scrolling sideways', async () => {
    await page.setViewportSize({ width: 360, height: 700 })
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth])
    expect(widths[0]).toBe(widths[1])
  })

  it('complains of nothing, and asks nobody for anything', () => {
    expect(complaints).toEqual([])
  })
})
