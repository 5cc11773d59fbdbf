import { relative } from 'node:path'
import { enableProdMode } from '@tensorflow/tfjs-core'
import { VariateError } from '@variate/core'
import { autoencoder } from './autoencoder.ts'
import { digits } from './digits.ts'
import { formatSeconds } from './format.ts'
import { INTERRUPTED, interruptSignal } from './interrupt.ts'
import { oldFaithful } from './oldFaithful.ts'
import { HELP, parseOptions } from './options.ts'
import { output as outputOn, type Output } from './output.ts'
import { pictures as picturesIn, type Picture } from './pictures.ts'
import { progress } from './progress.ts'
import { Refusal } from './refusal.ts'
import { schools } from './schools.ts'

/** npm and pnpm run a script in its package's folder; this is where the person is. */
const HERE = process.env['INIT_CWD'] ?? process.cwd()

// With its first tensor TensorFlow.js would print a greeting.
enableProdMode()

async function main(): Promise<number> {
  const begin = performance.now()
  const { out, quick, help } = parseOptions(process.argv.slice(2), HERE)
  if (help) {
    console.log(HELP)
    return 0
  }
  const signal = interruptSignal()
  const pictures = picturesIn(out)
  const output = outputOn(process.stdout)
  // On standard error: a summary that is sent to a file leaves the bar on the screen.
  const tour = {
    output,
    pictures,
    progress: (estimate: 'about' | 'at most') => progress(process.stderr, estimate),
    signal,
    quick,
  }
  for (const part of [oldFaithful, schools, digits, autoencoder]) if (!signal.aborted) await part(tour)

  output.heading('Pictures, each as .svg and .png')
  output.lines(fileList(pictures.saved))
  close(output, signal.aborted, (performance.now() - begin) / 1000)
  return signal.aborted ? INTERRUPTED : 0
}

function fileList(saved: readonly Picture[]): string {
  const rows = saved.map(({ path, caption }) => {
    const near = relative(HERE, path)
    return { path: near.startsWith('..') ? path : near, caption }
  })
  const width = Math.max(0, ...rows.map(({ path }) => path.length))
  return rows.map(({ path, caption }) => `${path.padEnd(width)}  ${caption}`).join('\n') || 'none'
}

function close(output: Output, stopped: boolean, seconds: number): void {
  const end = stopped ? 'Stopped by Ctrl-C' : 'Done'
  output.say(
    `${end} after ${formatSeconds(seconds)}. Next: README.md shows how to fit your own data; the guides are in docs/.`,
  )
}

/** A reader that has seen enough, such as `head`, is no failure. */
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1))

try {
  process.exitCode = await main()
} catch (error) {
  const expected = error instanceof Refusal || error instanceof VariateError
  console.error(expected ? `tour: ${error.message}` : error)
  process.exitCode = 1
}
