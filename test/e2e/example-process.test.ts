import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ExampleServer, mainFile, runCli, startCli } from './example-server.js'
import { waitForOutput } from './wait-for-output.js'

describe('the chat example as a process', () => {
  let server: ExampleServer

  beforeAll(async () => {
    server = await ExampleServer.create()
  })

  afterAll(() => server?.remove())

  it('serves its page with a strict policy and asks browsers to look again', async () => {
    const response = await fetch(server.url)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/)
    const etag = response.headers.get('etag') ?? ''
    const again = await fetch(server.url, { headers: { 'if-none-match': etag } })
    expect(again.status).toBe(304)
  })

  it.each(['/main.js.map', '/style.css', '/icon.svg'])('serves %s', async (path) => {
    expect((await fetch(`${server.url}${path}`)).status).toBe(200)
  })

  it.each(['/../main.js', '/%2e%2e/main.js', '//', '/constructor', '/data/chat.db'])(
    'has nothing at %s',
    async (path) => {
      expect(await requestStatus(server, path)).toBe(404)
    },
  )

  it('refuses to be written to', async () => {
    const response = await fetch(server.url, { method: 'POST', body: 'x' })
    expect(response.status).toBe(405)
  })

  it('says in one sentence that its port is taken', async () => {
    const { code, problem } = await startOn(new URL(server.url).port)
    expect(code).toBe(1)
    expect(problem).toMatch(/^Port \d+ is taken: [^\n]+\n$/)
  })

  it('says in one sentence that its port is none', async () => {
    const { code, problem } = await startOn('eight')
    expect(code).toBe(1)
    expect(problem).toMatch(/^PORT has to be a number[^\n]+\n$/)
  })

  it('is talked to from the command line', async () => {
    await runCli(server.url, ['--name', 'Ada', '--say', 'from a script'])
    const lines = ['hello', '/who', '/name Robert', 'still me', '/quit']
    const printed = await runCli(server.url, ['--name', 'Bob'], lines.join('\n'))
    expect(printed).toContain('Ada: from a script\n')
    expect(printed).toContain('Bob: hello\n')
    expect(printed).toContain('Here: Bob\n')
    expect(printed).toContain('Robert: still me\n')
  })

  it('prints nothing that a terminal would obey', async () => {
    await runCli(server.url, ['--room', 'escape', '--name', 'Eve', '--say', 'a\u001b[2Jb\u0007'])
    const printed = await runCli(server.url, ['--room', 'escape', '--name', 'Bob'], '/who\n')
    expect(printed).toContain('Eve: a[2Jb\n')
  })

  it('stops with exit code 0 while somebody is connected, and keeps the history', async () => {
    const cleo = startCli(server.url, ['--name', 'Cleo'])
    cleo.stdin.write('last words\n')
    await waitForOutput(cleo.stdout, /Cleo: last words/)
    expect(await server.stop()).toBe(0)
    cleo.kill('SIGKILL')
    await server.start()
    const printed = await runCli(server.url, ['--name', 'Dora'], '/who\n')
    expect(printed).toContain('Cleo: last words\n')
  })
})

async function requestStatus(server: ExampleServer, path: string): Promise<number | undefined> {
  const { hostname, port } = new URL(server.url)
  const sent = request({ hostname, port, path }).end()
  const [response] = await once(sent, 'response')
  return (response as { statusCode?: number }).statusCode
}

async function startOn(port: string): Promise<{ code: number | null; problem: string }> {
  const child = spawn(process.execPath, [mainFile], { env: { ...process.env, PORT: port } })
  const chunks: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
  const [code] = await once(child, 'close')
  return { code: code as number | null, problem: Buffer.concat(chunks).toString() }
}
