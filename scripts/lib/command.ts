import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.ts'

export interface Finished {
  readonly ok: boolean
  /** What it wrote, standard output and standard error in the order of their arrival. */
  readonly output: string
  /** What it wrote to standard error alone. */
  readonly errors: string
}

export interface CommandOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** The time after which it counts as hanging and is ended, with everything that it started. */
  readonly minutes?: number
}

const running = new Set<number>()

/** Runs a program to its end, without a terminal or input. Never rejects: what cannot start has failed. */
export function command(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Finished> {
  const { cwd = root, env = {}, minutes = 5 } = options
  return new Promise((resolve) => {
    let [output, errors] = ['', '']
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // a process group of its own, so that it can be ended whole
    })
    const { pid } = child
    if (pid !== undefined) running.add(pid)
    const timer = setTimeout(() => {
      output += `\n${program} ${args.join(' ')}: ended, it had not finished after ${minutes} minutes\n`
      endGroup(pid)
    }, minutes * 60_000)
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text
      errors += text
    })
    child.on('error', (error) => (output += `${error.message}\n`))
    child.on('close', (code) => {
      clearTimeout(timer)
      if (pid !== undefined) running.delete(pid)
      resolve({ ok: code === 0, output, errors })
    })
  })
}

/** A program among the root's development dependencies. */
export function tool(name: string, args: readonly string[], options?: CommandOptions): Promise<Finished> {
  return command(join(root, 'node_modules/.bin', name), args, options)
}

/** pnpm, at the version that the root's package.json names; it need not be installed. */
export function pnpm(args: readonly string[], options?: CommandOptions): Promise<Finished> {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    packageManager: string
  }
  return command('npx', ['--yes', packageManager, ...args], options)
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    for (const pid of running) endGroup(pid)
    process.exit(1)
  })
}
