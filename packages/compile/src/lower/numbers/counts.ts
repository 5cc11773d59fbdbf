import type { Value } from '../../wasm/value.ts'
import { one as l } from '../routines/linalg/wide.ts'
import type { RoutineOfNumbers } from '../routinesOfNumbers.ts'
import { betaincOfOdds, betaincOfShares } from './betainc.ts'
import { firstOf } from './cases.ts'
import { countQuantile, normalQuantile } from './countQuantile.ts'
import { gammaincc } from './gammainc.ts'
import { add, all, any, constant, eq, ge, lt, mul, select, sub } from './number.ts'

// Distribution functions of counts at the largest whole number that is not above k, and quantiles.

/** P(X ≤ k) of the Poisson distribution. */
export const poissonCdf: RoutineOfNumbers = ([k, rate], into, { call }) =>
  firstOf(
    into,
    [l.floor(k!), rate!],
    [
      [lt(k!, 0), () => constant(0)],
      [any(eq(k!, Infinity), eq(rate!, 0)), () => constant(1)],
    ],
    (k, rate) => call(gammaincc, add(k!, 1), rate!),
  )

/** P(X ≤ k) among n trials, by the probabilities of a success and a failure. */
export const binomialCdf: RoutineOfNumbers = ([k, n, p, q], into, { call }) => {
  const whole = l.floor(k!)
  return firstOf(
    into,
    [whole, n!, p!, q!],
    [
      [lt(k!, 0), () => constant(0)],
      [any(ge(whole, n!), eq(p!, 0)), (_, n) => select(ge(n!, 0), constant(1), constant(NaN))],
      [eq(q!, 0), () => constant(0)],
    ],
    (k, n, p, q) => {
      const isRare = lt(p!, q!)
      const [x, y] = [select(isRare, sub(1, p!), q!), select(isRare, p!, sub(1, q!))]
      const value = call(betaincOfShares, sub(n!, k!), add(k!, 1), x, y)
      return select(all(ge(x, 0), ge(y, 0)), value, constant(NaN))
    },
  )
}

/** The least k with P(X ≤ k) ≥ p of the Poisson distribution. */
export const poissonQuantile: RoutineOfNumbers = ([p, rate], into, { call }) => {
  const guess = normalQuantile(p!, rate!, rate!, constant(1))
  const cdf = (k: Value, [rate]: readonly Value[]): Value => call(poissonCdf, k, rate!)
  return countQuantile(into, cdf, [p!, guess, constant(Infinity)], [rate!])
}

/** The same of the successes among n trials. */
export const binomialQuantile: RoutineOfNumbers = ([probability, n, p, q], into, { call }) => {
  const mean = mul(n!, p!)
  const guess = normalQuantile(probability!, mean, mul(mean, q!), sub(q!, p!))
  const cdf = (k: Value, own: readonly Value[]): Value => call(binomialCdf, k, ...own)
  return countQuantile(into, cdf, [probability!, guess, n!], [n!, p!, q!])
}

/** The same of the successes before r failures, by the odds of a success. */
export const negativeBinomialQuantile: RoutineOfNumbers = ([p, r, odds], into, { call }) => {
  const mean = mul(r!, odds!)
  const guess = normalQuantile(p!, mean, mul(mean, add(1, odds!)), add(1, mul(2, odds!)))
  const cdf = (k: Value, [r, odds]: readonly Value[]): Value =>
    call(betaincOfOdds, r!, add(k, 1), constant(1), odds!)
  return countQuantile(into, cdf, [p!, guess, constant(Infinity)], [r!, odds!])
}
