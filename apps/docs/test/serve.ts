import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.gz': 'application/gzip',
  '.wasm': 'application/wasm',
}

export interface Served {
  readonly origin: string
  close(): Promise<void>
}

/** The files below a folder, on a free port of this machine alone, with headers of their own. */
export async function serve(folder: string, headers: Readonly<Record<string, string>> = {}): Promise<Served> {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)
    const file = await resolve(folder, path)
    if (file === undefined) response.writeHead(404).end()
    else {
      const type = TYPES[extname(file)] ?? 'application/octet-stream'
      response.writeHead(200, { ...headers, 'Content-Type': type })
      response.end(await readFile(file))
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

/** `/a` is a.html, `/a/` is a/index.html, as every static host has it. */
async function resolve(folder: string, path: string): Promise<string | undefined> {
  const at = join(folder, normalize(path))
  const candidates = path.endsWith('/') ? [join(at, 'index.html')] : [at, `${at}.html`]
  for (const candidate of candidates) {
    const found = await stat(candidate).catch(() => undefined)
    if (found?.isFile()) return candidate
  }
  return undefined
}
