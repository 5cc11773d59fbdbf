import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'

/** c₀ + c₁x + c₂x² + … */
export function horner(l: Lanes, coefficients: readonly number[], x: Value): Value {
  const last = l.constant(coefficients.at(-1)!)
  return coefficients.slice(0, -1).reduceRight((sum, c) => l.multiplyAdd(sum, x, l.constant(c)), last)
}
