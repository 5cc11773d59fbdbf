import { variable, type Statement, type Variable } from '../../../wasm/statement.ts'
import { F64, type Value } from '../../../wasm/value.ts'
import { one as l } from '../linalg/wide.ts'
import { when } from '../when.ts'
import { repeatWhile } from './repeatWhile.ts'

/**
 * Puts into a variable the first count, up to the largest, at which the cumulated probability exceeds u.
 *
 * @param none the probability of 0.
 * @param ratio of the probability of the next count to that of a count, given both.
 */
export function inverted(
  u: Variable,
  none: Value,
  largest: Value,
  count: Variable,
  ratio: (count: Value, next: Value) => Value,
): readonly Statement[] {
  const probability = variable(F64)
  const isOpen = l.both(l.gt(u.get, probability.get), l.lt(count.get, largest))
  const next = l.add(count.get, l.constant(1))
  return [
    { variable: count, to: l.constant(0) },
    { variable: probability, to: none },
    ...when(isOpen, [
      repeatWhile((again) => [
        { variable: u, to: l.sub(u.get, probability.get) },
        { variable: probability, to: l.mul(probability.get, ratio(count.get, next)) },
        { variable: count, to: next },
        { variable: again, to: isOpen },
      ]),
    ]),
  ]
}
