import { exp, expm1 } from '../../wasm/maths/exp.ts'
import { log, log1p } from '../../wasm/maths/log.ts'
import type { Value } from '../../wasm/value.ts'
import { one as l } from '../routines/linalg/wide.ts'
import type { RoutineOfNumbers } from '../routinesOfNumbers.ts'
import { firstOf } from './cases.ts'
import { iterate } from './iterate.ts'
import {
  add, all, any, constant, div, eq, ge, gt, le, lt, most, mul, neg, not, select, square, sub,
} from './number.ts' // prettier-ignore

/** The rule of core's `integralOverScales`: how much one scale is larger than the one before, and its logarithm. */
const [GROWTH, LOG_GROWTH] = [1.35, 0.30010459245033816]
/** Beyond this mean, a share of the trials has the same entropy but for the logarithm of its root. */
const LARGE = 1e6

/** What a derivative of order m has at a scale, but for 1 − w: of the mean for m = 0, of one trial beyond. */
const integrand: RoutineOfNumbers = ([m, trials, p, w], into) => {
  const logarithm = log1p(l, neg(mul(p!, w!)))
  return firstOf(
    into,
    [m!, trials!, p!, w!, logarithm],
    [
      [eq(m!, 0), (_, n, p, w, log) => add(mul(n!, p!), div(expm1(l, mul(n!, log!)), w!))],
      [eq(m!, 1), (_, n, __, ___, log) => neg(mul(n!, expm1(l, mul(sub(n!, 1), log!))))],
    ],
    (m, n, _, w, log) => {
      const [loop, [, falling]] = iterate([constant(1), neg(n!)], ([i, falling]) => {
        const next = add(i!, 1)
        return { next: [next, mul(falling!, sub(i!, n!), w!)], again: lt(next, m!) }
      })
      const value = mul(falling!, exp(l, mul(sub(n!, m!), log!)))
      return [...loop, { variable: into, to: value }]
    },
  )
}

/** (m − 2)!·(−p)^(1 − m) for m ≥ 2. */
const ofLogarithm: RoutineOfNumbers = ([m, p], into) => {
  const [loop, [, value]] = iterate([constant(1), div(-1, p!)], ([k, value]) => {
    const next = add(k!, 1)
    const isPast = ge(k!, sub(m!, 1))
    return { next: [next, select(isPast, value!, div(mul(value!, k!), neg(p!)))], again: not(isPast) }
  })
  return [...loop, { variable: into, to: value! }]
}

/** E[−log P(k)] for k ~ binomial(n, p) and the Poisson probability P of the same mean; its derivative of order m in p. */
export const binomialSurprise: RoutineOfNumbers = ([m, n, p], into, { call }) => {
  const isValid = all(ge(n!, 0), lt(n!, Infinity), ge(p!, 0), le(p!, 1))
  const isNothing = any(eq(n!, 0), all(eq(m!, 0), eq(p!, 0)))
  return firstOf(
    into,
    [m!, n!, p!],
    [
      [not(isValid), () => constant(NaN)],
      [isNothing, () => constant(0)],
    ],
    (m, n, p) => {
      const share = most(1, div(mul(n!, p!), LARGE))
      const trials = div(n!, share)
      const mean = mul(trials, p!)
      const start = div(1e-9, square(most(1, mean)))
      const [loop, [, sum]] = iterate([start, constant(0)], ([t, sum]) => {
        const less = expm1(l, neg(t!))
        const value = mul(call(integrand, m!, trials, p!, neg(less)), add(1, less))
        const next = mul(t!, GROWTH)
        return { next: [next, add(sum!, value)], again: lt(next, 36) }
      })
      const integral = mul(LOG_GROWTH, sum!)
      const ofMean = sub(add(integral, mean), sub(mul(mean, log(l, mean)), mul(0.5, log(l, share))))
      const slope: Value = select(eq(m!, 1), neg(log(l, mean)), call(ofLogarithm, m!, p!))
      const value = select(eq(m!, 0), ofMean, add(integral, mul(trials, slope)))
      return [...loop, { variable: into, to: value }]
    },
  )
}

/** 2²⁰⁰. */
const TRIALS = 1.6069380442589903e60

/** The entropy of the Poisson distribution, or its derivative in the rate: that of a binomial one of many trials. */
export const poissonEntropy: RoutineOfNumbers = ([m, rate], into, { call }) => {
  const value = call(binomialSurprise, m!, constant(TRIALS), div(rate!, TRIALS))
  const [loop, [, scaled]] = iterate([constant(0), value], ([k, value]) => {
    const isDone = ge(k!, m!)
    return { next: [add(k!, 1), select(isDone, value!, div(value!, TRIALS))], again: not(isDone) }
  })
  const isEnd = all(eq(rate!, Infinity), not(gt(m!, 0)))
  return [...loop, { variable: into, to: select(isEnd, Infinity, scaled!) }]
}
