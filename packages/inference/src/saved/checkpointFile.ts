import type * as nodeFs from 'node:fs'
import { DomainError, UnsupportedError } from '@variate/core'
import { shown } from '@variate/core/internal'
import { codeOf, removeLeft } from './removeLeft.ts'

type Files = typeof nodeFs.promises

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
 * and moved to their place, which is one step of the file system; who may read and write the file stays as it is. Files that killed
 * processes have left are removed.
 *
 * @throws DomainError for a path that is no text, or empty; UnsupportedError where there are no files, as in browsers.
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
  if (typeof path !== 'string' || path === '')
    throw new DomainError(`checkpointFile: the path must be a text that is not empty, got ${shown(path)}`)
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
    const place = await ledTo(promises, path)
    const mode = await modeOf(promises, place)
    await removeLeft(promises, place)
    const own = `${place}.${process.pid}-${crypto.randomUUID().slice(0, 8)}.new`
    const file = await promises.open(own, 'wx', mode)
    temporary = own
    try {
      // Rights that are not granted to new files are granted again, where the disk has such.
      if (mode !== undefined) await file.chmod(mode).catch(() => undefined)
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

/** What a link leads to is replaced, not the link, also where there is no file yet. */
async function ledTo(promises: Files, path: string): Promise<string> {
  try {
    return await promises.realpath(path)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
    const { dirname, resolve } = process.getBuiltinModule('node:path')
    const next = await promises.readlink(path).catch(() => undefined)
    return next === undefined ? path : ledTo(promises, resolve(dirname(path), next))
  }
}

/**
 * Who may read and write a file; undefined if there is none yet.
 *
 * @throws Error for what is no file, and a file that may not be written, which moving another to its place would not ask.
 */
async function modeOf(promises: Files, place: string): Promise<number | undefined> {
  try {
    const found = await promises.stat(place)
    if (!found.isFile()) {
      const code = found.isDirectory() ? 'EISDIR' : 'EINVAL'
      throw Object.assign(new Error(`${code}: it is no file`), { code })
    }
    await promises.access(place, promises.constants.W_OK)
    return found.mode & 0o777
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Makes sure that a name stays where it was moved to; not all systems can, or have to. */
async function flushed(promises: Files, folder: string): Promise<void> {
  try {
    const handle = await promises.open(folder, 'r')
    await handle.sync().finally(() => handle.close())
  } catch {
    return
  }
}

function failure(what: string, path: string, cause: unknown): Error {
  const error = new Error(`checkpointFile: "${path}" ${what}: ${(cause as Error).message}`, { cause })
  return Object.assign(error, { code: codeOf(cause) })
}
