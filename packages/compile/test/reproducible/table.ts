import type { Tensor } from '@tensorflow/tfjs-core'
import { ndarray } from '@variate/core'
import { fill } from '@variate/core/ops'
import { compile, type Precision } from '../../src/index.ts'
import { programs } from '../bytes/programs.ts'
import { bitsOf } from './bits.ts'
import { FUNCTIONS, NUMBERS } from './constants.ts'

const options = (precision: Precision) => ({ precision, reproducible: true }) as const

/** The bits of what programs give, by their names. */
export function table(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (['float32', 'float64'] as const).flatMap((precision) => [
      ...Object.entries(programs(options(precision))).map(([name, { f, args }]) => [
        `${name}, ${precision}`,
        bitsOf(f(...args)),
      ]),
      ...Object.entries(FUNCTIONS).map(([name, f]) => [
        `${name} of constants, ${precision}`,
        bitsOf(ofConstants(f, precision)),
      ]),
    ]),
  )
}

/** A function of each number, which is a constant of a program. */
export function ofConstants(f: (x: Tensor) => Tensor, precision: Precision): unknown {
  return NUMBERS.map((x) => compile(() => f(fill([], x)), options(precision))())
}

/** A function of each number, which a program is given. */
export function ofGiven(f: (x: Tensor) => Tensor, precision: Precision): unknown {
  const run = compile(f, options(precision))
  return NUMBERS.map((x) => run(ndarray(Float64Array.of(x), [])))
}
