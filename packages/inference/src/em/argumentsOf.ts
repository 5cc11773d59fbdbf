import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile } from '@variate/compile'
import type { NdArray } from '@variate/core'
import { constant } from '@variate/core/ops'
import type { Distribution } from '@variate/distributions'
import type { Bound } from '@variate/language/internal'
import { termAt, type Tensors } from '../exact/termAt.ts'
import type { Term } from '../exact/terms.ts'
import type { Completion } from './completions.ts'
import type { Parameters } from './parameters.ts'
import { rowOfTerm } from './rowsOfTerm.ts'

/** The parameters of a term's distributions and their values, each [points, ...elements, ...own]. */
export interface Arguments {
  readonly parameters: Readonly<Record<string, NdArray>>
  readonly x: NdArray
}

/** A term whose site has a distribution, and what is known of it while it is traced. */
export interface Traced {
  readonly distribution: Distribution
}

/** Compiles what gives the arguments of a term's distributions at some parameters. */
export function argumentsOf(
  bound: Bound,
  term: Term,
): (values: Parameters, completion: Completion) => Arguments & Traced {
  let distribution: Distribution | undefined
  const all = compile(
    (given: Tensors, rows: Tensors, points: number) =>
      batch(
        (row: Tensors) =>
          termAt(bound, term, given, rowOfTerm(term, row), (made, x) => {
            distribution = made
            const parameters = Object.entries(made.parameters).map(([name, value]): [string, Tensor] => [
              name,
              constant(value as never),
            ])
            return { parameters: Object.fromEntries(parameters), x }
          }),
        { size: points },
      )(rows),
    { precision: 'float64' },
  )
  return (values, { rows, points }) => {
    const found = all(values as never, rows as never, points as never) as unknown as Arguments
    return { ...found, distribution: distribution! }
  }
}
