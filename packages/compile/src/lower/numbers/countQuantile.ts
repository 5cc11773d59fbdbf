import type { Statement, Variable } from '../../wasm/statement.ts'
import { F32, F64, value, type Value } from '../../wasm/value.ts'
import { one as l } from '../routines/linalg/wide.ts'
import { ndtri } from '../../wasm/maths/ndtri.ts'
import { firstOf } from './cases.ts'
import { iterate } from './iterate.ts'
import {
  add,
  all,
  any,
  constant,
  div,
  eq,
  ge,
  gt,
  le,
  least,
  lt,
  most,
  mul,
  not,
  pick,
  select,
  sqrt,
  square,
  sub,
} from './number.ts'

/** As float32 rounds it. */
const rounded = (x: Value): Value => value(F64, [0xbb], [value(F32, [0xb6], [x])])

/** To the first order in the skewness (Cornish and Fisher 1938), given as the third cumulant over the variance. */
export function normalQuantile(p: Value, mean: Value, variance: Value, asymmetry: Value): Value {
  const z = ndtri(l, p)
  return add(mean, mul(z, sqrt(variance)), div(mul(asymmetry, sub(square(z), 1)), 6))
}

/**
 * Statements that put the least whole k from 0 to `largest` whose cdf(k) is ≥ p in float32 into a variable, by doubling steps
 * from a guess and then halving them: see core's `countQuantile`.
 *
 * @param parameters what the cdf is given besides k.
 */
export function countQuantile(
  into: Variable,
  cdf: (k: Value, parameters: readonly Value[]) => Value,
  [p, guess, largest]: readonly [p: Value, guess: Value, largest: Value],
  parameters: readonly Value[],
): readonly Statement[] {
  return firstOf(
    into,
    [p, guess, largest, ...parameters],
    [
      [not(all(ge(p, 0), le(p, 1))), () => constant(NaN)],
      [eq(p, 0), () => constant(0)],
      [eq(p, 1), (_, __, largest) => largest!],
    ],
    (p, guess, largest, ...own) => {
      const probability = rounded(p!)
      const isBelow = (k: Value): Value => lt(rounded(cdf(k, own)), probability)
      const start = least(largest!, most(0, l.floor(guess!)))
      const way = select(isBelow(start), 1, -1)
      const isUp = gt(way, 0)
      const [doubling, [last, edge]] = iterate(
        [start, add(start, way), constant(1)],
        ([last, edge, step]) => {
          const below = isBelow(edge!)
          const goesOn = pick(isUp, all(lt(edge!, largest!), below), all(ge(edge!, 0), not(below)))
          const twice = mul(2, step!)
          const next = [edge!, add(edge!, mul(way, twice)), twice]
          return { next: next.map((x, i) => select(goesOn, x, [last!, edge!, step!][i]!)), again: goesOn }
        },
      )
      const low = select(isUp, last!, most(edge!, -1))
      const high = select(isUp, least(edge!, largest!), last!)
      const [halving, [, above]] = iterate([low, high], ([below, above]) => {
        const middle = l.floor(div(add(above!, below!), 2))
        const isDone = any(not(gt(sub(above!, below!), 1)), eq(middle, above!), eq(middle, below!))
        const isLow = isBelow(middle)
        const next = [select(isLow, middle, below!), select(isLow, above!, middle)]
        return {
          next: next.map((x, i) => select(isDone, [below!, above!][i]!, x)),
          again: not(isDone),
        }
      })
      return [...doubling, ...halving, { variable: into, to: above! }]
    },
  )
}
