import { expect, test } from 'vitest'
import { special } from '@variate/core'

// Limits of the formulas in the docstrings, worked out by hand; those that scipy has are in oracles.test.ts.

test('the log gamma density has its right limits at 0', () => {
  expect([0.5, 1, 2, 20].map((a) => special.logGammaDensity(a, 0))).toEqual([
    Infinity,
    0,
    -Infinity,
    -Infinity,
  ])
  expect([-1, Infinity].map((x) => special.logGammaDensity(2, x))).toEqual([-Infinity, -Infinity])
  expect([0, -1, NaN].map((a) => special.logGammaDensity(a, 1))).toEqual([NaN, NaN, NaN])
  expect(special.logGammaDensity(2, NaN)).toBe(NaN)
})

test('the log beta density has its limits at both ends', () => {
  expect([0.5, 1, 2].map((a) => special.logBetaDensity(0, 1, a, 3))).toEqual([
    Infinity,
    Math.log(3),
    -Infinity,
  ])
  expect([0.5, 1, 2].map((b) => special.logBetaDensity(1, 0, 3, b))).toEqual([
    Infinity,
    Math.log(3),
    -Infinity,
  ])
  expect(special.logBetaDensity(-0.1, 1.1, 2, 2)).toBe(-Infinity)
  expect(special.logBetaDensity(0.5, 0.5, 0, 2)).toBe(NaN)
})

test('the log binomial probability has its limits where a success is certain or impossible', () => {
  expect([0, 1, 3].map((k) => special.logBinomialDensity(k, 3, Infinity))).toEqual([-Infinity, -Infinity, 0])
  expect([0, 1, 3].map((k) => special.logBinomialDensity(k, 3, -Infinity))).toEqual([0, -Infinity, -Infinity])
  expect([-1, 4].map((k) => special.logBinomialDensity(k, 3, 0))).toEqual([-Infinity, -Infinity])
  expect(special.logBinomialDensity(0, 0, 1)).toBe(0)
  expect(special.logBinomialDensity(3, 3, 0)).toBeCloseTo(-3 * Math.LN2, 14)
  expect(special.logBinomialDensity(20, 100, -800)).toBeCloseTo(20 * -800 + Math.log(5.359833704038097e20), 9)
})

test('the log negative binomial probability has its limits', () => {
  expect([0, 1].map((k) => special.logNegativeBinomialDensity(k, 3, -Infinity))).toEqual([0, -Infinity])
  expect([0, 1].map((k) => special.logNegativeBinomialDensity(k, 3, Infinity))).toEqual([
    -Infinity,
    -Infinity,
  ])
  expect([0, 1].map((k) => special.logNegativeBinomialDensity(k, 0, 1))).toEqual([0, -Infinity])
  expect(special.logNegativeBinomialDensity(-1, 3, 0)).toBe(-Infinity)
  expect(special.logNegativeBinomialDensity(1, -3, 0)).toBe(NaN)
})

test('log(1 − eˣ) and its kin end where their arguments do', () => {
  expect([0, -Infinity, 1, NaN].map(special.log1mexp)).toEqual([-Infinity, -0, NaN, NaN])
  expect([-Infinity, 0, Infinity, NaN].map(special.softplus)).toEqual([0, Math.LN2, Infinity, NaN])
  expect([0, Infinity, -1, NaN].map(special.softplusInverse)).toEqual([-Infinity, Infinity, NaN, NaN])
})

test('multivariate lgamma ends at (p − 1)/2', () => {
  expect([1, 0.9, NaN].map((x) => special.multivariateLgamma(x, 3))).toEqual([Infinity, NaN, NaN])
})

test('differences of digamma and trigamma have their limits', () => {
  expect([special.digammaDifference(3, 0), special.digammaDifference(0, 1)]).toEqual([0, Infinity])
  expect([special.trigammaDifference(3, 0), special.trigammaDifference(0, 1)]).toEqual([0, -Infinity])
  expect(special.logMinusDigamma(0, 20)).toBe(-Infinity)
  expect(special.logMinusDigamma(3, NaN)).toBe(NaN)
})

test('derivatives of incomplete functions vanish at the ends', () => {
  for (const f of [special.gammaincDa, special.gammaincDaa]) {
    expect([0, Infinity].map((x) => f(2, x))).toEqual([0, 0])
    expect([f(-1, 1), f(NaN, 1), f(1, NaN), f(1, -1)]).toEqual([NaN, NaN, NaN, NaN])
  }
  const all = [
    special.betaincDa,
    special.betaincDb,
    special.betaincDaa,
    special.betaincDab,
    special.betaincDbb,
  ]
  for (const f of all) {
    expect([0, 1].map((x) => f(2, 3, x))).toEqual([0, 0])
    expect([f(-1, 1, 0.5), f(1, NaN, 0.5), f(1, 1, NaN), f(1, 1, 2)]).toEqual([NaN, NaN, NaN, NaN])
  }
  expect(special.gammaSampleDerivative(2, 0)).toBe(0)
})

test('the sample derivative of gamma is finite where the density underflows', () => {
  for (const [a, x] of [
    [1e-8, 1e-300],
    [1e-8, 800],
    [50, 1e-200],
    [50, 5000],
    [1e6, 1],
    [1e6, 1e8],
  ] as const) {
    expect(special.gammaSampleDerivative(a, x)).toBeGreaterThan(0)
    expect(special.gammaSampleDerivative(a, x)).toBeLessThan(Infinity)
    expect(special.gammaSampleDerivativeDa(a, x)).not.toBe(NaN)
  }
})

test('P and Q sum to 1, and every method ends, for arguments of every size', () => {
  const sizes = [1e-300, 1e-30, 1e-10, 0.5, 1, 1.5, 10, 39.99, 40, 1e5, 1e10, 1e30, 1e300]
  let calls = 0
  for (const a of sizes) {
    for (const x of [...sizes, 0.66 * a, 0.68 * a, a, 1.39 * a, 1.41 * a]) {
      const p = special.gammainc(a, x) + special.gammaincc(a, x)
      expect(p).toBeCloseTo(1, 12)
      for (const f of [special.gammaincDa, special.gammaincDaa, special.gammaSampleDerivativeDa]) f(a, x)
      for (const t of [1e-300, 1e-10, 0.5, 0.9, 1 - 2 ** -53]) {
        for (const f of [special.betainc, special.betaincDa, special.betaincInverse]) f(a, x, t)
        calls += 3
      }
    }
  }
  expect(calls).toBeGreaterThan(3000)
})
