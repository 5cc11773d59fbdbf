import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Point } from './training.ts'

/** How a process that trains has ended. */
export interface Ended {
  readonly signal: NodeJS.Signals | null
  /** What it said, if it was not killed. */
  readonly said: string
}

/**
 * Trains in a process of its own: `training.ts`.
 *
 * @param killAfter milliseconds, where it is killed from outside.
 */
export function trained(
  program: string,
  path: string,
  engine: string,
  point?: readonly [Point, number],
  killAfter?: number,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, path, engine, ...(point ?? []).map(String)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [said, wrong] = ['', '']
    child.stdout.on('data', (text: Buffer) => (said += text.toString()))
    child.stderr.on('data', (text: Buffer) => (wrong += text.toString()))
    const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (code !== 0 && signal === null) reject(new Error(wrong))
      else resolve({ signal, said })
    })
  })
}

/** A folder for a checkpoint, which is gone afterwards. */
export async function inFolder(
  f: (path: string, left: () => readonly string[]) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'variate-killed-'))
  try {
    await f(join(folder, 'vae.safetensors'), () => readdirSync(folder))
  } finally {
    rmSync(folder, { recursive: true })
  }
}
