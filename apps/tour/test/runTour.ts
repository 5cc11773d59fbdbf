import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const HERE = fileURLToPath(new URL('..', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly errors: string
  readonly seconds: number
}

/** What `npm start` runs, by words; npm itself would tell of Ctrl-C in its own way. */
const [, ...WORDS] = (
  JSON.parse(readFileSync(join(HERE, 'package.json'), 'utf8')) as { scripts: { start: string } }
).scripts.start.split(' ')

/** Runs the tour without a terminal. `watch` sees the process and what it has written so far. */
export function runTour(
  args: readonly string[],
  watch: (child: ChildProcess, out: string) => void = () => {},
): Promise<Ended> {
  const begin = performance.now()
  const child = spawn(process.execPath, [...WORDS, ...args], {
    cwd: HERE,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, errors] = ['', '']
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
    watch(child, out)
  })
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, out, errors, seconds: (performance.now() - begin) / 1000 }))
  })
}

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'variate-tour-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}
