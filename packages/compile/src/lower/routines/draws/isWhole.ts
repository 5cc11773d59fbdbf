import type { Value } from '../../../wasm/value.ts'
import { one as l } from '../linalg/wide.ts'

/** Whether a number is whole, finite and ≥ 0. */
export function isWhole(x: Value): Value {
  const isCount = l.both(l.ge(x, l.constant(0)), l.lt(x, l.constant(Infinity)))
  return l.both(isCount, l.eq(l.floor(x), x))
}
