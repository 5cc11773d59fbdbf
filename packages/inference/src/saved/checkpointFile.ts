import type * as nodeFs from 'node:fs'
import { UnsupportedError } from '@variate/core'

/** A file that fits are saved to as they go. */
export interface CheckpointFile {
  /** Where it is, from the root on. */
  readonly path: string
  /**
   * What was saved last; undefined if there is no file yet.
   *
   * @throws Error for a file that cannot be read, with the system's `code`.
   */
  read(): Promise<Uint8Array | undefined>
  /**
   * Puts bytes in the place of what the file holds, all at once: whenever the process is killed, or the machine stops, the file is
   * what it was, or all of the bytes. Saves that are asked for at the same time are done one after the other.
   *
   * @throws Error for a file that cannot be written, as where the disk is full, with the system's `code`: it holds what it held.
   */
  readonly save: (bytes: Uint8Array) => Promise<void>
}

/**
 * A file that checkpoints of a fit are saved to, for Node. Bytes are written to another file in the same folder, flushed to the disk,
 * and moved to their place, which is one step of the file system. Files that killed processes have left are removed.
 *
 * @throws UnsupportedError where there are no files, as in browsers.
 *
 * @example
 * ```ts
 * import { mkdtempSync } from 'node:fs'
 * import { tmpdir } from 'node:os'
 * import { join } from 'node:path'
 * import { checkpointFile } from '@variate/inference'
 *
 * const file = checkpointFile(join(mkdtempSync(join(tmpdir(), 'fit-')), 'vae.safetensors'))
 * await file.read() // => undefined
 * await file.save(Uint8Array.of(1, 2, 3))
 * await file.read() // => [1, 2, 3]
 * // fit(data, { seed: 0, from: await file.read(), onCheckpoint: file.save })
 * ```
 */
export function checkpointFile(path: string): CheckpointFile {
  const modules = globalThis.process?.getBuiltinModule
  if (!modules)
    throw new UnsupportedError(
      'checkpointFile: there are no files here: keep the bytes that onCheckpoint is given yourself',
    )
  const { promises } = modules('node:fs')
  const place = modules('node:path').resolve(path)
  let last: Promise<unknown> = Promise.resolve()
  return {
    path: place,
    read: async () => {
      try {
        return new Uint8Array(await promises.readFile(place))
      } catch (cause) {
        if (codeOf(cause) === 'ENOENT') return undefined
        throw failure(`could not be read`, place, cause)
      }
    },
    save: (bytes) => {
      const done = last.then(() => replaced(place, bytes))
      last = done.catch(() => undefined)
      return done
    },
  }
}

/** Writes a file anew. */
async function replaced(path: string, bytes: Uint8Array): Promise<void> {
  const { promises } = process.getBuiltinModule('node:fs')
  let temporary: string | undefined
  try {
    // What a link leads to is replaced, not the link.
    const place = await promises.realpath(path).catch(() => path)
    await removeLeft(promises, place)
    const own = `${place}.${process.pid}-${crypto.randomUUID().slice(0, 8)}.new`
    const file = await promises.open(own, 'wx')
    temporary = own
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await promises.rename(own, place)
    await flushed(promises, process.getBuiltinModule('node:path').dirname(place))
  } catch (cause) {
    if (temporary !== undefined) await promises.rm(temporary, { force: true }).catch(() => undefined)
    throw failure('could not be written, and holds what it held', path, cause)
  }
}

/** Removes what processes that are no more have left beside a file. */
async function removeLeft(promises: typeof nodeFs.promises, place: string): Promise<void> {
  const { basename, dirname, join } = process.getBuiltinModule('node:path')
  const folder = dirname(place)
  for (const name of await promises.readdir(folder)) {
    if (!name.startsWith(`${basename(place)}.`)) continue
    const [, pid] = /^\.(\d+)-[0-9a-f]{8}\.new$/.exec(name.slice(basename(place).length)) ?? []
    if (pid === undefined || isAlive(Number(pid))) continue
    await promises.rm(join(folder, name), { force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) !== 'ESRCH'
  }
}

/** Makes sure that a name stays where it was moved to; not all systems can, or have to. */
async function flushed(promises: typeof nodeFs.promises, folder: string): Promise<void> {
  try {
    const handle = await promises.open(folder, 'r')
    await handle.sync().finally(() => handle.close())
  } catch {
    return
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as { readonly code?: string }).code
}

function failure(what: string, path: string, cause: unknown): Error {
  const error = new Error(`checkpointFile: "${path}" ${what}: ${(cause as Error).message}`, { cause })
  return Object.assign(error, { code: codeOf(cause) })
}
