import type * as nodeFs from 'node:fs'

/** Seconds by which clocks of disks may differ. */
const SLACK = 60

/** Removes what processes that are no more have left beside a file. */
export async function removeLeft(promises: typeof nodeFs.promises, place: string): Promise<void> {
  const { basename, dirname, join } = process.getBuiltinModule('node:path')
  const folder = dirname(place)
  for (const name of await promises.readdir(folder)) {
    if (!name.startsWith(`${basename(place)}.`)) continue
    const [, pid] = /^\.(\d+)-[0-9a-f]{8}\.new$/.exec(name.slice(basename(place).length)) ?? []
    if (pid === undefined) continue
    const left = join(folder, name)
    if (Number(pid) === process.pid ? await isOlder(promises, left) : !isAlive(Number(pid)))
      await promises.rm(left, { force: true })
  }
}

/** Whether a file was written before this process began, by one of the same number, as the first of a container always has. */
async function isOlder(promises: typeof nodeFs.promises, path: string): Promise<boolean> {
  // Another thread may be moving its own to its place.
  const { mtimeMs } = await promises.stat(path).catch(() => ({ mtimeMs: Infinity }))
  return mtimeMs < Date.now() - 1000 * (process.uptime() + SLACK)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) !== 'ESRCH'
  }
}

/** The system's code of an error. */
export function codeOf(error: unknown): string | undefined {
  return (error as { readonly code?: string }).code
}
