import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Refusal } from './refusal.ts'

export interface Options {
  /** Absolute path of the folder for the pictures. */
  readonly out: string
  readonly quick: boolean
  readonly help: boolean
}

export const HELP: string = `Fits mixtures of Gaussians to Old Faithful's eruptions and to 10,000 handwritten
digits, a hierarchical model to what eight schools measured, and a variational
autoencoder to the digits; tells what was found, and draws it.

Usage: npm start -- [options]

  --out DIR   where the pictures go (default: out, beside the README)
  --quick     fewer starts, digits and iterations: seconds, not a minute
  --help      this text

Ctrl-C ends a fit early and keeps the best so far. NO_COLOR=1 switches colours off.`

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/**
 * @param from the folder that a relative `--out` is meant from.
 * @throws Refusal for an option that there is not.
 */
export function parseOptions(args: readonly string[], from: string): Options {
  try {
    const { values } = parseArgs({
      args: args.filter((arg) => arg !== '--'),
      options: {
        out: { type: 'string' },
        quick: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.out === '') throw new Error('--out needs a folder')
    const out = values.out === undefined ? resolve(ROOT, 'out') : resolve(from, values.out)
    return { out, quick: values.quick, help: values.help }
  } catch (cause) {
    const [sentence] = (cause as Error).message.split(/(?<=\.) /)
    throw new Refusal(`${sentence!.replace(/\.$/, '')}; npm start -- --help lists the options`, { cause })
  }
}
