import type { Tensor } from '@tensorflow/tfjs-core'
import { digamma as digammaOf } from '../../special/digamma.ts'
import { digammaDifference as differenceOf } from '../../special/digammaDifference.ts'
import { lbeta as lbetaOf } from '../../special/lbeta.ts'
import { lgamma as lgammaOf } from '../../special/lgamma.ts'
import { logMinusDigamma as logMinusDigammaOf } from '../../special/logMinusDigamma.ts'
import { multivariateLgamma as multivariateLgammaOf } from '../../special/multivariateLgamma.ts'
import { polygamma as polygammaOf } from '../../special/polygamma.ts'
import { trigammaDifference as trigammaDifferenceOf } from '../../special/trigammaDifference.ts'
import { add, div, mul, neg, sub } from '../arithmetic.ts'
import { elementwise } from '../elementwise.ts'
import type { Binary, Join, Real, Unary } from '../real.ts'

/** log |Γ(x)|. */
export const lgamma: Unary = /* @__PURE__ */ elementwise('lgamma', (x) => lgammaOf(x), [
  (dy, x) => mul(dy, digamma(x!)),
]) as Unary

/** The derivative of log Γ(x). */
export const digamma: Unary = /* @__PURE__ */ elementwise('digamma', (x) => digammaOf(x), [
  (dy, x) => mul(dy, trigamma(x!)),
]) as Unary

/** The derivative of the digamma function. */
export function trigamma<A extends Real>(x: A): Join<A> {
  return polygamma(1, x)
}

const polygammaKernel: Binary = /* @__PURE__ */ elementwise('polygamma', (n, x) => polygammaOf(n, x), [
  null,
  (dy, n, x) => mul(dy, polygamma(add(n!, 1) as number, x!)),
]) as Binary

/** The n-th derivative of the digamma function, for whole n ≥ 0. */
export function polygamma<A extends Real>(n: number, x: A): Join<A> {
  return polygammaKernel(n, x) as Join<A>
}

/** log B(a, b) = log Γ(a) + log Γ(b) − log Γ(a + b), without cancellation. */
export const lbeta: Binary = /* @__PURE__ */ elementwise('lbeta', (a, b) => lbetaOf(a, b), [
  (dy, a, b) => mul(dy, neg(digammaDifference(a!, b!))),
  (dy, a, b) => mul(dy, neg(digammaDifference(b!, a!))),
]) as Binary

/** trigamma(x + d) − trigamma(x), without cancellation. */
const trigammaDifference: Binary = /* @__PURE__ */ elementwise(
  'trigammaDifference',
  (x, d) => trigammaDifferenceOf(x, d),
  [
    (dy, x, d) => mul(dy, sub(polygamma(2, add(x!, d!)), polygamma(2, x!))),
    (dy, x, d) => mul(dy, polygamma(2, add(x!, d!))),
  ],
) as Binary

/** digamma(x + d) − digamma(x), without cancellation. */
export const digammaDifference: Binary = /* @__PURE__ */ elementwise(
  'digammaDifference',
  (x, d) => differenceOf(x, d),
  [(dy, x, d) => mul(dy, trigammaDifference(x!, d!)), (dy, x, d) => mul(dy, trigamma(add(x!, d!)))],
) as Binary

/** log(y) − digamma(x), without cancellation. */
export const logMinusDigamma: Binary = /* @__PURE__ */ elementwise(
  'logMinusDigamma',
  (y, x) => logMinusDigammaOf(y, x),
  [(dy, y) => div(dy, y!), (dy, _, x) => mul(dy, neg(trigamma(x!)))],
) as Binary

const multivariateKernel: Binary = /* @__PURE__ */ elementwise(
  'multivariateLgamma',
  (x, p) => multivariateLgammaOf(x, p),
  [
    (dy, x, p) =>
      mul(
        dy,
        Array.from({ length: p as number }, (_, i) => digamma(sub(x!, i / 2))).reduce((a, b) => add(a, b)),
      ),
  ],
) as Binary

/** The log of the multivariate gamma function of dimension p: p(p−1)/4·log π + Σ log Γ(x − i/2), i = 0 … p − 1. */
export function multivariateLgamma<A extends number | Tensor>(x: A, p: number): Join<A> {
  return multivariateKernel(x, p) as Join<A>
}
