import { binomialSurprise as surpriseOf, poissonEntropy as entropyOf } from '../../special/countSurprise.ts'
import { negativeBinomialEntropy as negativeBinomialOf } from '../../special/negativeBinomialEntropy.ts'
import { add, mul } from '../arithmetic.ts'
import { elementwise } from '../elementwise.ts'
import type { Binary, Join, Quaternary, Real, Ternary } from '../real.ts'

const poissonEntropyDerivative: Binary = /* @__PURE__ */ elementwise(
  'poissonEntropy',
  (m, rate) => entropyOf(m, rate),
  [null, (dy, m, rate) => mul(dy, poissonEntropyDerivative(add(m!, 1), rate!))],
) as Binary

/** The entropy of the Poisson distribution, in nats. */
export function poissonEntropy<A extends Real>(rate: A): Join<A> {
  return poissonEntropyDerivative(0, rate) as Join<A>
}

const surpriseDerivative: Ternary = /* @__PURE__ */ elementwise(
  'binomialSurprise',
  (m, n, p) => surpriseOf(m, n, p),
  [null, null, (dy, m, n, p) => mul(dy, surpriseDerivative(add(m!, 1), n!, p!))],
) as Ternary

/**
 * E[−log P(k)] for k ~ binomial(n, p) and the Poisson probability P of mean n·p. The entropy of a multinomial
 * distribution is its sum over the categories, less −log P(n) of a Poisson distribution of mean n.
 */
export function binomialSurprise<A extends Real, B extends Real>(n: A, p: B): Join<A, B> {
  return surpriseDerivative(0, n, p) as never
}

const negativeBinomialDerivative: Quaternary = /* @__PURE__ */ elementwise(
  'negativeBinomialEntropy',
  (i, j, r, o) => negativeBinomialOf(i, j, r, o),
  [
    null,
    null,
    (dy, i, j, r, o) => mul(dy, negativeBinomialDerivative(add(i!, 1), j!, r!, o!)),
    (dy, i, j, r, o) => mul(dy, negativeBinomialDerivative(i!, add(j!, 1), r!, o!)),
  ],
) as Quaternary

/** The entropy of the successes before r failures, in nats, by the odds of a success. */
export function negativeBinomialEntropy<A extends Real, B extends Real>(r: A, odds: B): Join<A, B> {
  return negativeBinomialDerivative(0, 0, r, odds) as never
}
