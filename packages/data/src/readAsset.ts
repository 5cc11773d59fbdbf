import { FormatError } from '@variate/core'

/** Development servers answer with their page when a file is not where the bundled code looks for it. */
const MOVED =
  'got an HTML page; if the package was bundled away from its files, exclude it (Vite: optimizeDeps.exclude)'

/**
 * The bytes of a file that ships with the package, decompressed if it is gzip: from disk where the package
 * is on disk, by `fetch` where it was loaded over the network.
 *
 * Some servers send a .gz file as `Content-Encoding: gzip`, and then `fetch` has decompressed it already:
 * the first two bytes tell.
 *
 * @param who names the file in errors.
 * @throws FormatError if the file is missing, or its compressed bytes are damaged or cut short.
 */
export async function readAsset(url: URL, who: string): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array<ArrayBuffer>
  try {
    bytes = url.protocol === 'file:' ? await readFile(url) : await download(url)
  } catch (cause) {
    throw new FormatError(`${who} cannot be read from ${url.href}: ${messageOf(cause)}`, { cause })
  }
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return await gunzip(bytes)
  } catch (cause) {
    throw new FormatError(`${who} is damaged or cut short (${bytes.length} compressed bytes)`, { cause })
  }
}

/** `getBuiltinModule` instead of an import, so that bundlers for the browser find no Node module here. */
async function readFile(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  const { promises } = process.getBuiltinModule('node:fs')
  return new Uint8Array(await promises.readFile(url))
}

async function download(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`HTTP ${response.status} ${response.statusText}`)
  if (response.headers.get('content-type')?.startsWith('text/html')) throw new Error(MOVED)
  return new Uint8Array(await response.arrayBuffer())
}

async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
