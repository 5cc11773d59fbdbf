import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { compile } from '@variate/compile'
import { key } from '@variate/core'
import { powerMoments } from '../../src/exact/conditionalMoments.ts'
import { FAMILIES } from '../../src/exact/exponentialFamilies.ts'
import { familyPrograms } from '../../src/exact/familyPrograms.ts'

/** Natural parameters of a member of each family. */
const members: Readonly<Record<string, readonly number[]>> = {
  gamma: [5.5, -1.5],
  inverseGamma: [-6, -2.5],
  logNormal: [1.25, -2],
  betaPrime: [2.5, 7],
  invGaussian: [-0.8, -1.3],
  halfNormal: [-0.4],
  beta: [2.5, 0.75],
  dirichlet: [0.5, 2, 1.5],
}

describe.each(FAMILIES.map((family) => [family.name, family] as const))('%s', (name, family) => {
  const eta = Float64Array.from(members[name]!)
  const size = family.domain === 'simplex' ? 3 : 1
  const programs = familyPrograms(family, size)

  test('members have the natural parameters that they are made of', () => {
    const natural = compile((x: tf.Tensor) => family.member(x).naturalParameters(), { precision: 'float64' })
    const found = natural(eta).flatMap(({ data }) => [...data])
    expect(found.length).toBe(programs.count)
    for (const [i, value] of found.entries()) expect(value).toBeCloseTo(eta[i]!, 12)
    expect(family.isProper(eta)).toBe(true)
    expect(family.isProper(family.typical(size))).toBe(true)
    expect(family.isProper(eta.map((x) => (x > 0 ? x - 100 : x + 100)))).toBe(false)
  })

  test('their densities are h·exp(η·T − A)', () => {
    const x = Float64Array.from(size === 3 ? [0.2, 0.5, 0.3] : [0.4])
    const density = compile((natural: tf.Tensor, at: tf.Tensor) => family.member(natural).logProb(at), {
      precision: 'float64',
    })
    const { statistics, base } = programs.statistics(x)
    const product = statistics.reduce((sum, value, i) => sum + value * eta[i]!, 0)
    const expected = product + base[0]! - programs.logNormalizer(eta)[0]!
    expect(density(eta, x).data[0]).toBeCloseTo(expected, 12)
    expect(programs.logNormalizer(eta.map((value) => (value > 0 ? value - 100 : value + 100)))[0]).toBe(
      Infinity,
    )
  })

  test('draws leave no tensors', () => {
    const before = tf.memory().numTensors
    const drawn = programs.draw(key(1), eta)
    expect(drawn.length).toBe(size)
    expect(tf.memory().numTensors).toBe(before)
  })
})

const scalars = FAMILIES.filter(({ domain }) => domain !== 'simplex')

test.each(scalars.filter(({ log }) => log).map((family) => [family.name, family] as const))(
  'moments of a %s by the normalizer are those of the distribution',
  (name, family) => {
    const eta = Float64Array.from(members[name]!)
    const programs = familyPrograms(family, 1)
    const { mean, variance } = programs.moments(eta)
    const powers = powerMoments(programs, eta, [1])
    expect(powers[5]! / mean[0]!).toBeCloseTo(1, 12)
    expect((powers[6]! - powers[5]! ** 2) / variance[0]!).toBeCloseTo(1, 11)
    const { statistics } = programs.statistics(Float64Array.of(0.3))
    const log = statistics.reduce((sum, value, i) => sum + value * family.log![i]!, 0)
    expect(log).toBeCloseTo(Math.log(0.3), 12)
  },
)

test.each(
  scalars.filter(({ domain }) => domain === 'positive').map((family) => [family.name, family] as const),
)('where a %s is told to be about is near its mean', (name, family) => {
  const eta = Float64Array.from(members[name]!)
  const ratio = familyPrograms(family, 1).moments(eta).mean[0]! / family.scale(eta)
  expect(ratio).toBeGreaterThan(0.5)
  expect(ratio).toBeLessThan(2)
})
