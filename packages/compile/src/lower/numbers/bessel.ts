import { exp } from '../../wasm/maths/exp.ts'
import { i0e } from '../../wasm/maths/bessel.ts'
import type { Value } from '../../wasm/value.ts'
import { one as l } from '../routines/linalg/wide.ts'
import type { RoutineOfNumbers } from '../routinesOfNumbers.ts'
import { iterate } from './iterate.ts'
import { abs, add, constant, div, eq, ge, gt, lt, mul, neg, select, sqrt, square, sub } from './number.ts'

/** The n-th derivative of exp(−x)·I₀(x) for n ≥ 1 and x ≥ 0, by the series of core. */
const i0eDerivative: RoutineOfNumbers = ([n, x], into) => {
  const isLarge = ge(x!, add(20, mul(4, n!)))
  const start = select(isLarge, div(1, mul(Math.sqrt(2 * Math.PI), sqrt(x!))), exp(l, mul(-2, x!)))
  const scale = select(isLarge, -1, -2)
  const [toFirst, [, first]] = iterate([constant(0), start], ([m, term]) => {
    const divisor = select(isLarge, x!, add(m!, 1))
    const next = add(m!, 1)
    return { next: [next, mul(term!, div(mul(scale, add(m!, 0.5)), divisor))], again: lt(next, n!) }
  })
  const [toSum, [, , sum]] = iterate([constant(0), first!, first!], ([k, term, sum]) => {
    const half = add(k!, 0.5)
    const product = mul(half, select(isLarge, add(half, n!), mul(2, x!)))
    const behind = mul(add(k!, 1), select(isLarge, mul(2, x!), add(k!, 1, n!)))
    const next = mul(term!, div(product, behind))
    const total = add(sum!, next)
    return {
      next: [add(k!, 1), next, total],
      again: gt(abs(next), mul(Number.EPSILON * 0.1, abs(total))),
    }
  })
  return [...toFirst, ...toSum, { variable: into, to: sum! }]
}

const isOdd = (n: Value): Value => eq(sub(mul(0.5, n), l.floor(mul(0.5, n))), 0.5)
const sign = (x: Value): Value => select(gt(x, 0), 1, select(lt(x, 0), -1, x))

/** The n-th derivative of exp(−|x|)·I₀(x), n ≥ 1; where it jumps at 0 the mean of both sides. */
export const i0eDerivatives: RoutineOfNumbers = ([n, x], into, { call }) => {
  const value = call(i0eDerivative, n!, abs(x!))
  return [{ variable: into, to: mul(value, select(isOdd(n!), sign(x!), 1)) }]
}

/** The same of exp(−|x|)·I₁(x): I₁ is the derivative of I₀. */
export const i1eDerivatives: RoutineOfNumbers = ([n, x], into, { call }) => {
  const size = abs(x!)
  const value = add(call(i0eDerivative, add(n!, 1), size), call(i0eDerivative, n!, size))
  return [{ variable: into, to: mul(value, select(isOdd(n!), 1, sign(x!))) }]
}

/** 1 − I₁(κ)/I₀(κ) for κ ≥ 0. */
export const besselRatioComplement: RoutineOfNumbers = ([kappa], into, { call }) => [
  { variable: into, to: neg(div(call(i0eDerivative, constant(1), kappa!), i0e(l, kappa!))) },
]

/** The derivative of I₁(κ)/I₀(κ). */
export const besselRatioSlope: RoutineOfNumbers = ([kappa], into, { call }) => {
  const scale = i0e(l, kappa!)
  const [first, second] = [1, 2].map((n) => div(call(i0eDerivative, constant(n), kappa!), scale))
  return [{ variable: into, to: sub(second!, square(first!)) }]
}
