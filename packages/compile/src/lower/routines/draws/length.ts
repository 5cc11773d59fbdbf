import type { Value } from '../../../wasm/value.ts'
import { one as l } from '../linalg/wide.ts'

/** √(1 + x²), also where x² is beyond every number. */
export function length(x: Value): Value {
  return l.select(l.gt(l.abs(x), l.constant(2 ** 60)), l.abs(x), l.sqrt(l.add(l.constant(1), l.mul(x, x))))
}
