import '@tensorflow/tfjs-backend-cpu'
import type * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { ndarray, special, type NdArray } from '@variate/core'
import { logGammaTerms, logGumbelSoftmax, logPoissonTerms } from '@variate/core/internal'
import { cast } from '@variate/core/ops'
import { computed, epsilonOf, PRECISIONS } from './computed.ts'

/** Real numbers that float32 holds. */
const numbers = (size: number, of: (i: number) => number): Float64Array =>
  Float64Array.from({ length: size }, (_, i) => Math.fround(of(i)))
const noise = (i: number): number => 0.5 + 0.45 * Math.sin(12.9898 * (i + 1))

type Term = (...args: number[]) => number
const gammaTerm: Term = (a, x, scale, share) =>
  special.logGammaDensity(a!, scale! * x!) + scale! * (x! - share!)
const poissonTerm: Term = (k, logP, n) => {
  const rate = n! * Math.exp(logP!)
  if (k === 0 || rate > 1e-290) return special.logGammaDensity(k! + 1, rate)
  return k! * (Math.log(n!) + logP!) - special.lgamma(k! + 1)
}

/** Sums of terms along the last axis, and what their terms are without their signs. */
function sums(term: Term, width: number, rows: number, at: (row: number, k: number) => number[]) {
  return Array.from({ length: rows }, (_, row) => {
    const terms = Array.from({ length: width }, (__, k) => term(...at(row, k)))
    return [terms.reduce((a, b) => a + b, 0), terms.reduce((a, b) => a + Math.abs(b), 0)] as const
  })
}

/** How far numbers are from those that are wanted: in parts of what these are summed of. */
function furthest(data: readonly number[], wanted: readonly (readonly [number, number])[]): number {
  const gaps = data.map((x, i) => {
    const [sum, size] = wanted[i]!
    return Object.is(x, sum) ? 0 : Math.abs(x - sum) / Math.max(1, size)
  })
  return gaps.length === wanted.length ? Math.max(0, ...gaps) : NaN
}

const array = (data: Float64Array, ...shape: number[]): NdArray => ndarray(data, shape)

describe.each(PRECISIONS)('in %s', (precision) => {
  const tolerance = 2 * epsilonOf(precision) + 2e-14

  test.each([1, 2, 3, 4, 7, 32, 101])('gamma terms of rows of %d', (width) => {
    const a = numbers(width, (i) => 0.05 + 30 * noise(i) ** 4)
    const x = numbers(5 * width, (i) => noise(3 * i))
    const scale = numbers(5, (i) => 1 + 40 * noise(i))
    const { data, called } = computed(
      (p, q, r) => logGammaTerms(p!, q!, r!),
      [array(a, width), array(x, 5, width), array(scale, 5, 1)],
      precision,
    )
    const wanted = sums(gammaTerm, width, 5, (row, k) => [a[k]!, x[row * width + k]!, scale[row]!, 1 / width])
    expect(furthest(data, wanted)).toBeLessThan(tolerance)
    expect(called).toEqual([])
  })

  test('gamma terms whose scale is a number, of one row and of axes that broadcast', () => {
    const a = numbers(6, (i) => 1 + i)
    const x = numbers(12, noise)
    const f = (p: tf.Tensor, q: tf.Tensor) => logGammaTerms(p, q, 3)
    const { data, called } = computed((p, q) => f(p!, q!), [array(a, 2, 1, 3), array(x, 4, 3)], precision)
    const wanted = sums(gammaTerm, 3, 8, (row, k) => [a[3 * Math.floor(row / 4) + k]!, x[3 * (row % 4) + k]!, 3, 1 / 3]) // prettier-ignore
    expect(furthest(data, wanted)).toBeLessThan(tolerance)
    expect(called).toEqual([])
  })

  test('gamma terms at the ends, and out of domain', () => {
    const a = Float64Array.of(1, 2, 0.5, 2, 1, 3, NaN, 2, -1, 2, 1, 1, Infinity, 1, 2, 2)
    const x = Float64Array.of(0, 1, 0, 1, 0, 0, 0.5, 0.5, 0.5, 0.5, 0, 0, 1, 1, Infinity, 1)
    const { data, called } = computed(
      (p, q) => logGammaTerms(p!, q!, 2),
      [array(a, 8, 2), array(x, 8, 2)],
      precision,
    )
    const wanted = sums(gammaTerm, 2, 8, (row, k) => [a[2 * row + k]!, x[2 * row + k]!, 2, 0.5])
    expect(furthest(data, wanted)).toBeLessThan(tolerance)
    expect(called).toEqual([])
  })

  test.each([1, 3, 8])('Poisson terms of rows of %d, of counts that are whole numbers as well', (width) => {
    const k = numbers(4 * width, (i) => Math.floor(40 * noise(i) ** 3))
    const logP = numbers(width, (i) => (i === 2 ? -800 : Math.log(noise(i) / width)))
    const n = numbers(4, (i) => 10 + 10 * i)
    const given = [array(k, 4, width), array(logP, width), array(n, 4, 1)]
    const wanted = sums(poissonTerm, width, 4, (row, j) => [k[row * width + j]!, logP[j]!, n[row]!])
    for (const f of [
      (p: tf.Tensor, q: tf.Tensor, r: tf.Tensor) => logPoissonTerms(p, q, r),
      (p: tf.Tensor, q: tf.Tensor, r: tf.Tensor) => logPoissonTerms(cast(p, 'int32'), q, r),
    ]) {
      const { data, called } = computed((p, q, r) => f(p!, q!, r!), given, precision)
      expect(furthest(data, wanted)).toBeLessThan(tolerance)
      expect(called).toEqual([])
    }
  })

  test('Poisson terms of probabilities of 0, and of no trials', () => {
    const k = Float64Array.of(0, 2, 1, 1, 0, 0, 3, 0)
    const logP = Float64Array.of(-Infinity, 0, -Infinity, -1, -1, -1, -760, -0.1)
    const n = Float64Array.of(2, 2, 0, 3)
    const { data, called } = computed(
      (p, q, r) => logPoissonTerms(p!, q!, r!),
      [array(k, 4, 2), array(logP, 4, 2), array(n, 4, 1)],
      precision,
    )
    const wanted = sums(poissonTerm, 2, 4, (row, j) => [k[2 * row + j]!, logP[2 * row + j]!, n[row]!])
    expect(furthest(data, wanted)).toBeLessThan(tolerance)
    expect(called).toEqual([])
  })

  test('log densities of Gumbel softmax variables', () => {
    const density = (
      x: readonly number[],
      logits: readonly number[],
      t: number,
    ): readonly [number, number] => {
      const n = x.length
      const zeros = x.filter((entry) => entry === 0).length
      if (zeros > 0) return [((n - zeros) * t - zeros) * -Infinity, 0]
      const shifted = x.map((entry, i) => logits[i]! - t * Math.log(entry))
      const parts = x.map((entry, i) => shifted[i]! - Math.log(entry))
      const sum = special.lgamma(n) + (n - 1) * Math.log(t) + parts.reduce((a, b) => a + b) - n * special.logSumExp(shifted) // prettier-ignore
      return [sum, parts.reduce((a, b) => a + Math.abs(b), 0)]
    }
    const x = numbers(15, (i) => (i === 7 || i === 9 || i === 10 ? 0 : noise(i) / 3))
    const logits = numbers(3, (i) => 4 * noise(i) - 2)
    const t = numbers(5, (i) => [0.5, 1, 0.5, 2, 20][i]!)
    const { data, called } = computed(
      (p, q, r) => logGumbelSoftmax(p!, q!, r!),
      [array(x, 5, 3), array(logits, 3), array(t, 5, 1)],
      precision,
    )
    const wanted = [0, 1, 2, 3, 4].map((row) =>
      density([...x.subarray(3 * row, 3 * row + 3)], [...logits], t[row]!),
    )
    expect(furthest(data, wanted)).toBeLessThan(3 * tolerance)
    expect(called).toEqual([])
  })

  test('of no rows, and of rows of nothing', () => {
    const of = (...shape: number[]) =>
      computed((p, q) => logGammaTerms(p!, q!, 2), [array(new Float64Array(0), ...shape), array(new Float64Array(0), ...shape)], precision) // prettier-ignore
    expect(of(0, 3)).toEqual({ data: [], called: [] })
    expect(of(2, 0)).toEqual({ data: [0, 0], called: [] })
  })
})
