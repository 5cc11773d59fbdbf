import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { launch } from './browser.ts'
import { serve, type Served } from './serve.ts'

/** Milliseconds; machines that test are busy. */
const PATIENCE = 30_000

/** Someone with a browser, who notes everything that a page must not do. */
export class Visitor<Folder extends string = 'site' | 'probe' | 'blobs' | 'isolated'> {
  readonly #executable: string | undefined
  #browser: Browser | undefined
  #served = new Map<Folder, Served>()
  #complaints: string[] = []

  constructor(executable: string | undefined) {
    this.#executable = executable
  }

  /** @param headers what the files of each folder are served with. */
  async start(
    folders: Readonly<Record<Folder, string>>,
    headers?: { readonly [Name in Folder]?: Readonly<Record<string, string>> },
  ): Promise<void> {
    if (this.#executable === undefined) {
      throw new Error('no browser: install Chromium, Chrome or Edge, or set CHROME_PATH')
    }
    for (const [name, folder] of Object.entries<string>(folders))
      this.#served.set(name as Folder, await serve(folder, headers?.[name as Folder]))
    this.#browser = await launch(this.#executable)
  }

  async stop(): Promise<void> {
    await this.#browser?.close()
    for (const served of this.#served.values()) await served.close()
  }

  /** A page in a fresh context. */
  async open(folder: Folder, path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const { origin } = this.#served.get(folder)!
    const context = await this.#browser!.newContext(options)
    const page = await context.newPage()
    page.setDefaultTimeout(PATIENCE)
    this.#listen(page, origin)
    await page.goto(`${origin}${path}`, { waitUntil: 'networkidle' })
    return page
  }

  /** Goes on to another page of the same folder, as it was opened: what both read is read once. */
  async goOn(page: Page, path: string): Promise<void> {
    await page.goto(new URL(path, page.url()).href, { waitUntil: 'networkidle' })
  }

  /** @throws Error that says what the page did wrong. */
  async close(page: Page): Promise<void> {
    await page.context().close()
    const complaints = this.#complaints.splice(0)
    if (complaints.length > 0) throw new Error(complaints.join('\n'))
  }

  #listen(page: Page, origin: string): void {
    const complain = (what: string): unknown =>
      this.#complaints.push(`${page.url().slice(origin.length)}: ${what}`)
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complain(message.text())
    })
    page.on('pageerror', (error) => complain(error.message))
    page.on('response', (response) => {
      if (!response.ok()) complain(`${response.status()} for ${response.url()}`)
    })
    page.on('request', (request) => {
      const url = new URL(request.url())
      if (url.protocol !== 'data:' && url.origin !== origin) complain(`asks ${url.origin}`)
    })
  }
}
