import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'

export interface TabOptions {
  readonly url: string
  readonly room: string
  readonly name: string
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly colorScheme?: 'light' | 'dark'
}

/** One person's tab with the chat's page, used as a person uses it. Notes what the browser complains about. */
export class ChatTab {
  readonly page: Page
  readonly complaints: string[] = []
  readonly #context: BrowserContext

  constructor(context: BrowserContext, page: Page) {
    this.#context = context
    this.page = page
    page.on('pageerror', (error) => this.complaints.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text())
    })
  }

  static async open(browser: Browser, options: TabOptions): Promise<ChatTab> {
    const { url, room, name, viewport = { width: 1200, height: 800 }, colorScheme = 'light' } = options
    const context = await browser.newContext({ viewport, colorScheme })
    const page = await context.newPage()
    const tab = new ChatTab(context, page)
    await page.goto(`${url}/#${room}`)
    await page.getByLabel('Your name').fill(name)
    await page.getByRole('button', { name: 'Continue' }).click()
    await tab.connection('open').waitFor()
    return tab
  }

  /** The mark of the connection, once it has this state. */
  connection(state: 'open' | 'waiting' | 'connecting' | 'closed'): Locator {
    return this.page.locator(`#connection[data-state="${state}"]`)
  }

  async say(text: string): Promise<void> {
    await this.page.getByLabel('Message', { exact: true }).fill(text)
    await this.page.keyboard.press('Enter')
  }

  /** The lines of the room with this text. */
  line(text: string): Locator {
    return this.page.locator('.line:not(.pending)').filter({ hasText: text })
  }

  /** The texts of all lines, in order. */
  texts(): Promise<string[]> {
    return this.page.locator('.line:not(.pending) .text').allTextContents()
  }

  person(name: string): Locator {
    return this.page.locator('#people .person-name').filter({ hasText: name })
  }

  close(): Promise<void> {
    return this.#context.close()
  }
}
