import { execFile } from 'node:child_process'
import { copyFile, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

const HOME = fileURLToPath(new URL('../..', import.meta.url))
const VENV = join(HOME, '.venv')
const REQUIREMENTS = join(HOME, 'requirements.txt')
/** A copy of the requirements that the environment was made from, written when it is complete. */
const MADE_FROM = join(VENV, 'requirements.txt')

/**
 * The Python of a virtual environment that holds exactly what `requirements.txt` pins; it is made at the first
 * use, and again when the pins have changed.
 *
 * @throws Error, in one sentence, where python3, its venv module or pip is missing, or the packages cannot be had.
 */
export async function environment(status: (text: string) => void): Promise<string> {
  const python = join(VENV, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  const [wanted, found] = await Promise.all([REQUIREMENTS, MADE_FROM].map(readOrNothing))
  if (wanted === found) return python

  status('setting up Python with scikit-learn, once …')
  await rm(VENV, { recursive: true, force: true })
  await run('python3', ['-m', 'venv', VENV]).catch((error: unknown) => {
    throw new Error(
      isMissing(error)
        ? 'python3 was not found: the comparison with scikit-learn needs Python ≥ 3.11 with venv and pip.'
        : `python3 cannot make a virtual environment (on Debian the package python3-venv is needed): ${lastLine(error)}`,
    )
  })
  await run(python, ['-m', 'pip', 'install', '--quiet', '--requirement', REQUIREMENTS]).catch(
    (error: unknown) => {
      throw new Error(`pip could not install what apps/bench/requirements.txt pins: ${lastLine(error)}`)
    },
  )
  await copyFile(REQUIREMENTS, MADE_FROM)
  return python
}

async function readOrNothing(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined)
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}

function lastLine(error: unknown): string {
  const { stdout = '', stderr = '', message } = error as { stdout?: string; stderr?: string; message: string }
  return (stderr.trim() || stdout.trim() || message).split('\n').at(-1)!
}
