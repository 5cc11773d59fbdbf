import { expect, test } from 'vitest'
import { special } from '@variate/core'
import { float32Ulps, readLimits, readOracle, relativeTo, worstCase, type Scalar } from './oracle.ts'

// Expected values: mpmath with 50 digits and more, compared with scipy: scripts/special-oracles.py
const functions = special as unknown as Record<string, Scalar>

/** Largest error allowed, relative to the value: what the docstring states. */
const relative: readonly [name: string, bound: number, file?: string, column?: string][] = [
  ['trigamma', 1e-15],
  ['polygamma', 2e-13],
  ['erf', 1e-15],
  ['erfc', 1e-15],
  ['erfcx', 1e-15],
  ['erfinv', 1e-14],
  ['ndtr', 1e-15],
  ['logNdtr', 1e-15],
  ['ndtri', 1e-14],
  ['log1mexp', 1e-15],
  ['softplus', 1e-15],
  ['i0e', 1e-15],
  ['i1e', 1e-15],
  ['digammaDifference', 1e-15],
  ['trigammaDifference', 1e-15, 'digammaDifference'],
  ['gammainc', 5e-13],
  ['gammaincc', 5e-13, 'gammainc'],
  ['gammaincDa', 5e-13, 'gammaincDerivatives', 'Da'],
  ['gammaincDaa', 1e-11, 'gammaincDerivatives', 'Daa'],
  ['gammaSampleDerivative', 1e-14, 'gammaincDerivatives', 'sample'],
  ['gammaSampleDerivativeDa', 1e-13, 'gammaincDerivatives', 'sampleDa'],
  ['betainc', 5e-13],
  ['betaincDa', 2e-12, 'betaincDerivatives', 'Da'],
  ['betaincDb', 2e-12, 'betaincDerivatives', 'Db'],
  ['betaincDaa', 2e-12, 'betaincDerivatives', 'Daa'],
  ['betaincDab', 2e-12, 'betaincDerivatives', 'Dab'],
  ['betaincDbb', 2e-12, 'betaincDerivatives', 'Dbb'],
  ['owensT', 1e-15],
  ['vonMisesCdf', 1e-13],
]

/** Functions that pass through 0, where the error counts as absolute below 1. */
const absoluteBelowOne: readonly [name: string, bound: number][] = [
  ['lgamma', 2e-15],
  ['digamma', 1e-15],
  ['lbeta', 1e-15],
  ['softplusInverse', 1e-15],
  ['logAddExp', 1e-15],
  ['multivariateLgamma', 1e-15],
  ['logGammaDensity', 1e-14],
  ['logBetaDensity', 1e-12],
  ['logBinomialDensity', 1e-12],
  ['logNegativeBinomialDensity', 1e-12],
  ['logMinusDigamma', 1e-15],
]

test.each(relative)('%s is within a relative %d of 50-digit values', (name, bound, file, column) => {
  const f = functions[name]!
  const { error, count, where } = worstCase(
    readOracle(file ?? name),
    column ?? name,
    f.length,
    f,
    relativeTo(0),
  )
  expect(count).toBeGreaterThanOrEqual(100)
  expect(error, `${name}${where}`).toBeLessThanOrEqual(bound)
})

test.each(absoluteBelowOne)('%s is within %d of 50-digit values, relative above 1', (name, bound) => {
  const f = functions[name]!
  const { error, count, where } = worstCase(readOracle(name), name, f.length, f, relativeTo(1))
  expect(count).toBeGreaterThanOrEqual(100)
  expect(error, `${name}${where}`).toBeLessThanOrEqual(bound)
})

const rounded = [
  ['lgamma', 'lgamma'],
  ['digamma', 'digamma'],
  ['gammainc', 'gammainc'],
  ['gammaincc', 'gammainc'],
  ['betainc', 'betainc'],
] as const

test.each(rounded)('%s rounds to the float32 nearest to 50-digit values, but for 0.01 ulp', (name, file) => {
  const f = functions[name]!
  const { error, count, where } = worstCase(readOracle(file), name, f.length, f, float32Ulps)
  expect(count).toBeGreaterThanOrEqual(1000)
  expect(error, `${name}${where}`).toBeLessThanOrEqual(0.51)
})

test('poles, infinities, ends of domains and NaN are those of scipy', () => {
  const differing = readLimits().filter(([name, inputs, expected]) => {
    const actual = functions[name]!(...inputs)
    const close = Math.abs(actual - expected) <= 1e-14 * Math.abs(expected)
    return !(Object.is(actual, expected) || actual === expected || close)
  })
  expect(differing).toEqual([])
})
