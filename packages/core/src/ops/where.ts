import { elementwise } from './elementwise.ts'
import type { Ternary } from './real.ts'

/**
 * `a` where the condition is true (not 0), `b` elsewhere; all three broadcast. The gradient of the one that is not
 * taken is 0 as long as its own derivative is finite: guard its argument, too, where it may not be.
 */
export const where: Ternary = /* @__PURE__ */ elementwise(
  'where',
  (condition, a, b) => (condition === 0 ? b : a),
  [null, (dy, condition) => where(condition!, dy, 0), (dy, condition) => where(condition!, 0, dy)],
  { whole: 'int32' },
) as Ternary
