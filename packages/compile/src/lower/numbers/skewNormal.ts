import { expOfSquare } from '../../wasm/maths/erfcx.ts'
import { exp } from '../../wasm/maths/exp.ts'
import { log } from '../../wasm/maths/log.ts'
import { logNdtr, ndtr } from '../../wasm/maths/ndtr.ts'
import { one as l } from '../routines/linalg/wide.ts'
import type { RoutineOfNumbers } from '../routinesOfNumbers.ts'
import { bracketedNewton } from './bracketedNewton.ts'
import { firstOf } from './cases.ts'
import { quadrature } from './gaussLegendre.ts'
import {
  abs, add, all, any, constant, div, eq, ge, gt, le, lt, most, mul, neg, not, select, sqrt, square, sub,
} from './number.ts' // prettier-ignore

const SQRT_TWO_OVER_PI = Math.sqrt(2 / Math.PI)

const normalCdf: RoutineOfNumbers = ([x], into) => [{ variable: into, to: ndtr(l, x!) }]
const logNormalCdf: RoutineOfNumbers = ([x], into) => [{ variable: into, to: logNdtr(l, x!) }]

/** Owen's T(h, a) for h ≥ 0 and 0 ≤ a ≤ 1; the integrand is cut where it has fallen by e⁻³⁸. */
const owensQuadrature: RoutineOfNumbers = ([h, a], into, { address }) => {
  const end = select(gt(mul(a!, h!), 8.72), div(8.72, h!), a!)
  const [statements, [sum]] = quadrature(address, (node, weight) => {
    const t = mul(end, node)
    const square = mul(t, t)
    return [div(mul(weight, exp(l, mul(-0.5, h!, h!, square))), add(1, square))]
  })
  const value = mul(1 / (2 * Math.PI), end, sum!, expOfSquare(l, h!, -0.5))
  return [...statements, { variable: into, to: select(gt(h!, 39), 0, value) }]
}

/** T(h, a) for h, a ≥ 0: beyond 1 by the reflection to 1/a (Owen 1956, eq. 2.3). */
const owensT: RoutineOfNumbers = ([h, a], into, { call }) =>
  firstOf(into, [h!, a!], [[le(a!, 1), (h, a) => call(owensQuadrature, h!, a!)]], (h, a) => {
    const far = mul(a!, h!)
    const [p, q] = [call(normalCdf, neg(h!)), call(normalCdf, neg(far))]
    const rest = sub(mul(q, sub(0.5, p)), call(owensQuadrature, far, div(1, a!)))
    return add(mul(0.5, p), select(eq(a!, Infinity), 0, rest))
  })

/** ∫ 2·φ(t)·Φ(αt) dt up to z < 0, by the excess v = z − t until the integrand has fallen by e⁻⁴⁰. */
const shortTail: RoutineOfNumbers = ([z, shape], into, { call, address }) => {
  const spread = add(1, square(shape!))
  const end = div(div(80, add(neg(z!), sqrt(add(square(z!), div(80, spread))))), spread)
  const atEnd = call(logNormalCdf, mul(shape!, z!))
  const [statements, [sum]] = quadrature(address, (node, weight) => {
    const v = mul(end, node)
    const moved = sub(call(logNormalCdf, mul(shape!, sub(z!, v))), atEnd)
    return [mul(weight, exp(l, add(sub(mul(z!, v), mul(0.5, v, v)), moved)))]
  })
  const decay = exp(l, sub(atEnd, mul(0.5, z!, z!)))
  return [...statements, { variable: into, to: mul(SQRT_TWO_OVER_PI, end, sum!, decay) }]
}

/** The cdf for z ≤ 0: Φ(z) − 2·T(z, α), or where the two cancel the tail by itself. */
const lowerCdf: RoutineOfNumbers = ([z, shape], into, { call }) =>
  firstOf(
    into,
    [z!, shape!],
    [
      [any(not(eq(z!, z!)), not(eq(shape!, shape!))), () => constant(NaN)],
      [eq(z!, -Infinity), () => constant(0)],
      [
        all(gt(shape!, 0), gt(mul(neg(z!), sqrt(add(1, square(shape!)))), 2)),
        (z, shape) => call(shortTail, z!, shape!),
      ],
    ],
    (z, shape) => {
      const twice = mul(2, call(owensT, neg(z!), abs(shape!)))
      return sub(call(normalCdf, z!), select(lt(shape!, 0), neg(twice), twice))
    },
  )

/** P(Z ≤ z) of the skew normal distribution. */
export const skewNormalCdf: RoutineOfNumbers = ([z, shape], into, { call }) => {
  const isRight = gt(z!, 0)
  const value = call(lowerCdf, neg(abs(z!)), select(isRight, neg(shape!), shape!))
  return [{ variable: into, to: select(isRight, sub(1, value), value) }]
}

/** The z with P(Z ≤ z) = p: Newton's method for the logarithm of the smaller tail, kept between bounds. */
export const skewNormalQuantile: RoutineOfNumbers = ([p, shape], into, { call }) =>
  firstOf(
    into,
    [p!, shape!],
    [
      [not(all(ge(p!, 0), le(p!, 1))), () => constant(NaN)],
      [eq(p!, 0), () => constant(-Infinity)],
      [eq(p!, 1), () => constant(Infinity)],
    ],
    (p, shape) => {
      const isRight = gt(p!, call(skewNormalCdf, constant(0), shape!))
      const [tail, side] = [select(isRight, sub(1, p!), p!), select(isRight, neg(shape!), shape!)]
      const right = most(side, 0)
      const start = div(-1, sqrt(add(1, square(right))))
      const [statements, root] = bracketedNewton([start, constant(-39), constant(0)], (z) => {
        const cdf = call(skewNormalCdf, z, side)
        const logDensity = add(mul(-0.5, z, z), call(logNormalCdf, mul(side, z)))
        return div(mul(log(l, div(tail, cdf)), cdf), mul(SQRT_TWO_OVER_PI, exp(l, logDensity)))
      })
      return [...statements, { variable: into, to: select(isRight, neg(root), root) }]
    },
  )
