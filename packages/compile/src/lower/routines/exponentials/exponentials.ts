import type { Lanes } from '../../../wasm/lanes.ts'
import { exp } from '../../../wasm/maths/exp.ts'
import { log1p } from '../../../wasm/maths/log.ts'
import { variable, type Statement, type Variable } from '../../../wasm/statement.ts'
import type { Value } from '../../../wasm/value.ts'

// log Σ exp x = m + log(k + Σ exp(x − m)) for the largest number m, which there is k times, and the sum over the others:
// small ones keep their digits beside one that is large, and no difference of infinite numbers is taken.

/** What a number adds: to the exponentials of others than the largest, and to the count of that. */
function contribution(l: Lanes, x: Value, largest: Value): readonly [other: Value, count: Value] {
  const other = l.and(exp(l, l.sub(x, largest)), l.ne(x, largest))
  return [other, l.and(l.constant(1), l.eq(x, largest))]
}

/** The logarithm of the sum of exponentials. */
export function logOfSum(l: Lanes, largest: Value, others: Value, count: Value): Value {
  return l.add(largest, log1p(l, l.add(others, l.sub(count, l.constant(1)))))
}

/** log Σ exp of a few numbers, written out. */
export function ofFew(l: Lanes, xs: readonly Value[]): Value {
  const largest = xs.reduce((a, b) => l.atLeast(a, b))
  const parts = xs.map((x) => contribution(l, x, largest))
  const [others, count] = [0, 1].map((i) => parts.map((part) => part[i]!).reduce((a, b) => l.add(a, b)))
  return logOfSum(l, largest, others!, count!)
}

/** What is summed in a loop. */
export interface Sums {
  readonly largest: Variable
  readonly others: Variable
  readonly count: Variable
}

export function newSums(l: Lanes): Sums {
  return { largest: variable(l.type), others: variable(l.type), count: variable(l.type) }
}

/** Before the first loop, and in it for each number: the largest. */
export function largestOf(l: Lanes, { largest }: Sums): readonly [start: Statement, (x: Value) => Statement] {
  return [
    { variable: largest, to: l.constant(-Infinity) },
    (x) => ({ variable: largest, to: l.atLeast(largest.get, x) }),
  ]
}

/** Before the second loop, and in it for each number: the sum of the others, and the count. */
export function sumsOf(
  l: Lanes,
  { largest, others, count }: Sums,
): readonly [start: readonly Statement[], (x: Value) => readonly Statement[]] {
  const start = [others, count].map((variable) => ({ variable, to: l.constant(0) }))
  return [
    start,
    (x) => {
      const [other, one] = contribution(l, x, largest.get)
      return [
        { variable: others, to: l.add(others.get, other) },
        { variable: count, to: l.add(count.get, one) },
      ]
    },
  ]
}
