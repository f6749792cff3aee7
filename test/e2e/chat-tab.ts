import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'

export interface VisitOptions {
  readonly url: string
  readonly room: string
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly colorScheme?: 'light' | 'dark'
  /** What the browser remembers from before. */
  readonly stored?: Readonly<Record<string, string>>
}

export interface TabOptions extends VisitOptions {
  readonly name: string
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
    const tab = await ChatTab.visit(browser, options)
    await tab.enter(options.name)
    return tab
  }

  /** Opens the page and does nothing there. */
  static async visit(browser: Browser, options: VisitOptions): Promise<ChatTab> {
    const { url, room, viewport = { width: 1200, height: 800 }, colorScheme = 'light', stored = {} } = options
    const context = await browser.newContext({ viewport, colorScheme })
    const page = await context.newPage()
    const tab = new ChatTab(context, page)
    await context.addInitScript((entries) => {
      for (const [key, value] of entries) localStorage.setItem(key, value)
    }, Object.entries(stored))
    await page.goto(`${url}/#${room}`)
    return tab
  }

  /** Gives the name that the page asks for. */
  async enter(name: string): Promise<void> {
    await this.page.getByLabel('Your name').fill(name)
    await this.page.getByRole('button', { name: 'Continue' }).click()
    await this.connection('open').waitFor()
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
