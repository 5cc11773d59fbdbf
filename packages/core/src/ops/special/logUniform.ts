import { add, div, mul, neg, sub } from '../arithmetic.ts'
import { elementwise } from '../elementwise.ts'
import type { Binary, Ternary, Unary } from '../real.ts'

/** log(a/b), without cancellation where a is near b. */
export const logRatio: Binary = /* @__PURE__ */ elementwise('logRatio', (a, b) => Math.log(a / b), [
  (dy, a) => div(dy, a!),
  (dy, _, b) => neg(div(dy, b!)),
]) as Binary

/** log(x) − y, rounded once. */
export const logMinus: Binary = /* @__PURE__ */ elementwise('logMinus', (x, y) => Math.log(x) - y, [
  (dy, x) => div(dy, x!),
  (dy) => neg(dy),
]) as Binary

/** a·(b/a)ᵗ: from a at 0 to b at 1 with logarithms in proportion, for a, b > 0. */
export const interpolateLogs: Ternary = /* @__PURE__ */ elementwise(
  'interpolateLogs',
  (t, a, b) => (t < 0.5 ? a * (b / a) ** t : b * (a / b) ** (1 - t)),
  [
    (dy, t, a, b) => mul(dy, mul(interpolateLogs(t!, a!, b!), logRatio(b!, a!))),
    (dy, t, a, b) => mul(dy, div(mul(sub(1, t!), interpolateLogs(t!, a!, b!)), a!)),
    (dy, t, a, b) => mul(dy, div(mul(t!, interpolateLogs(t!, a!, b!)), b!)),
  ],
) as Ternary

/** t·coth(t) − 1, of order t²/3 at 0. */
export const cothExcess: Unary = /* @__PURE__ */ elementwise('cothExcess', (t) => excess(t), [
  (dy, t) => mul(dy, cothExcessSlope(t!)),
]) as Unary

const cothExcessSlope: Unary = /* @__PURE__ */ elementwise('cothExcessSlope', (t) => slope(t), [
  (dy, t) => {
    const y = cothExcess(t!)
    const first = cothExcessSlope(t!)
    return mul(dy, sub(2, div(mul(first, add(2, mul(2, y))), t!)))
  },
]) as Unary

/** The continued fraction t²/(3 + t²/(5 + t²/(7 + …))). */
function excess(t: number): number {
  if (Math.abs(t) > 2) return t / Math.tanh(t) - 1
  const square = t * t
  let tail = 0
  for (let k = 25; k >= 3; k -= 2) tail = square / (k + tail)
  return tail
}

/** y′ from t·y′ = t² − y − y², which y = t·coth(t) − 1 solves. */
function slope(t: number): number {
  const y = excess(t)
  return t === 0 ? 0 : (t * t - y - y * y) / t
}
