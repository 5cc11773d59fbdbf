import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { special } from '@variate/core'

// mpmath with 50 digits, and scipy.special.logsumexp: oracles/generate-linalg.py
const oracle = JSON.parse(readFileSync(new URL('oracles/linalg.json', import.meta.url), 'utf8')) as {
  exp: [number, number][]
  logSumExp: { x: number[]; value: number }[]
}

test('exp is within one unit in the last place of 50-digit arithmetic', () => {
  const errors = oracle.exp.map(([x, value]) => Math.abs(special.exp(x) - value) / (Number.EPSILON * value))
  expect(Math.max(...errors)).toBeLessThan(1)
})

test('exp keeps the limits of Math.exp', () => {
  for (const x of [-Infinity, -1e9, -745.2, -745, -709, -708, 709, 709.9, Infinity, NaN, -0, 0]) {
    expect(special.exp(x)).toBe(Math.exp(x))
  }
})

test('logSumExp agrees with scipy', () => {
  for (const { x, value } of oracle.logSumExp) {
    expect(Math.abs(special.logSumExp(x) - value)).toBeLessThan(
      4 * Number.EPSILON * Math.max(1, Math.abs(value)),
    )
  }
})

test('logSumExp has the limits that a sum of exponentials has', () => {
  expect(special.logSumExp([])).toBe(-Infinity)
  expect(special.logSumExp([-Infinity, -Infinity])).toBe(-Infinity)
  expect(special.logSumExp([-Infinity, 2])).toBe(2)
  expect(special.logSumExp([Infinity, 0])).toBe(Infinity)
  expect(special.logSumExp([0, NaN, Infinity])).toBe(NaN)
})
