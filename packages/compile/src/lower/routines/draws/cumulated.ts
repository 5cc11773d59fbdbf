import type { Node } from '../../../graph/node.ts'
import { repeat, variable, whole, type Statement, type Variable } from '../../../wasm/statement.ts'
import { F64, fresh, I32, type Value } from '../../../wasm/value.ts'
import type { Target } from '../../target.ts'
import { bytesOf, loadNumber } from '../elements.ts'
import { least, plus, times } from '../integers.ts'
import { one as l } from '../linalg/wide.ts'
import { store } from '../memory.ts'

// A row of weights, cumulated in float64: the sums up to each but the last, and the sum of all. Between them is ∞ where sums
// are halved, so that one less than a power of 2 is.

/** Of so few weights all sums are compared, for that none waits for another. */
const FEW = 8

/** How often sums are halved; 0 if all are compared. */
function halvings(count: number): number {
  return count <= FEW ? 0 : Math.ceil(Math.log2(count))
}

/** The bytes of the sums of so many weights. */
export function cumulatedBytes(count: number): number {
  return 8 * Math.max(1, count <= FEW ? count : 2 ** halvings(count))
}

/** Cumulates the weights of a row, at an address, at another. */
export function cumulate(weights: Node, target: Target, row: Value, to: Value): readonly Statement[] {
  const count = weights.shape.at(-1)!
  const end = cumulatedBytes(count) - 8
  const [sum, k] = [variable(F64), variable(I32)]
  const place = plus(to, times(k.get, 8))
  const weight = loadNumber(target, weights, plus(row, times(k.get, bytesOf(target, weights))))
  return [
    { variable: sum, to: l.constant(0) },
    repeat(k, 0, count, 1, [{ variable: sum, to: l.add(sum.get, fresh(weight)) }, store(l, sum.get, place)]),
    repeat(k, Math.max(0, count - 1), end / 8, 1, [store(l, l.constant(Infinity), place)]),
    store(l, sum.get, to, end),
  ]
}

/** Puts into a variable how many of the sums at an address are not above a share of the whole: all of NaNs. */
export function placeAmong(count: number, share: Value, at: Value, index: Variable): readonly Statement[] {
  const wanted = variable(F64)
  const isNotAbove = (sum: Value): Value => l.not(l.gt(fresh(sum), wanted.get))
  const total = fresh(l.load(at, cumulatedBytes(count) - 8))
  const before: readonly Statement[] = [{ variable: wanted, to: l.mul(share, total) }]
  const steps = halvings(count)
  if (steps === 0) {
    const compared = Array.from({ length: Math.max(0, count - 1) }, (_, k) => isNotAbove(l.load(at, 8 * k)))
    return [...before, { variable: index, to: compared.reduce(plus, whole(0)) }]
  }
  const halves = Array.from({ length: steps }, (_, i): Statement => {
    const half = 2 ** (steps - 1 - i)
    const middle = l.load(plus(at, times(index.get, 8)), 8 * (half - 1))
    return { variable: index, to: plus(index.get, times(isNotAbove(middle), half)) }
  })
  return [
    ...before,
    { variable: index, to: whole(0) },
    ...halves,
    { variable: index, to: least(index.get, whole(count - 1)) },
  ]
}
