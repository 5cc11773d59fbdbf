import { FormatError } from '@variate/core'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAsset } from '../src/readAsset.ts'

const plain = Uint8Array.from({ length: 5000 }, (_, i) => i % 251)
const zipped = gzipSync(plain)

describe('readAsset from disk', () => {
  let folder: string
  const file = (name: string) => pathToFileURL(join(folder, name))
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'asset-'))
    await writeFile(join(folder, 'whole.gz'), zipped)
    await writeFile(join(folder, 'plain'), plain)
    await writeFile(join(folder, 'cut.gz'), zipped.subarray(0, zipped.length - 20))
    await writeFile(
      join(folder, 'damaged.gz'),
      zipped.map((byte, i) => (i === zipped.length - 5 ? byte ^ 1 : byte)),
    )
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('decompresses gzip and leaves other bytes as they are', async () => {
    expect(await readAsset(file('whole.gz'), 'asset')).toEqual(plain)
    expect(await readAsset(file('plain'), 'asset')).toEqual(plain)
  })

  it('names a file that is missing', async () => {
    const reading = readAsset(file('none.gz'), 'asset')
    await expect(reading).rejects.toThrow(FormatError)
    await expect(reading).rejects.toThrow(/^asset cannot be read from file:.*none\.gz: ENOENT/)
  })

  it('refuses a file that is cut short or damaged', async () => {
    const message = /^asset is damaged or cut short \(\d+ compressed bytes\)$/
    await expect(readAsset(file('cut.gz'), 'asset')).rejects.toThrow(message)
    await expect(readAsset(file('damaged.gz'), 'asset')).rejects.toThrow(message)
    await expect(readAsset(file('cut.gz'), 'asset')).rejects.toThrow(FormatError)
  })
})

describe('readAsset over the network', () => {
  let server: Server
  let root: string
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/none.gz') response.writeHead(404, 'Not Found').end()
      else if (request.url === '/page.gz')
        response.setHeader('Content-Type', 'text/html').end('<!doctype html>')
      else if (request.url === '/encoded.gz')
        response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(zipped)
      else response.end(zipped)
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => new Promise((closed) => server.close(closed)))

  it('decompresses what the server sends as a file', async () => {
    expect(await readAsset(new URL('/file.gz', root), 'asset')).toEqual(plain)
  })

  it('takes what the server declares as gzip encoding, which fetch has decompressed', async () => {
    expect(await readAsset(new URL('/encoded.gz', root), 'asset')).toEqual(plain)
  })

  it('names a file that the server does not have', async () => {
    const reading = readAsset(new URL('/none.gz', root), 'asset')
    await expect(reading).rejects.toThrow(FormatError)
    await expect(reading).rejects.toThrow(/asset cannot be read from http:.*: HTTP 404 Not Found/)
  })

  it('tells what to do about a bundler that leaves the file behind', async () => {
    const reading = readAsset(new URL('/page.gz', root), 'asset')
    await expect(reading).rejects.toThrow(FormatError)
    await expect(reading).rejects.toThrow('optimizeDeps.exclude')
  })
})
