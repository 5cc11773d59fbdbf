import '@tensorflow/tfjs-backend-cpu'
import { key as keyOf } from '@variate/core'
import { constant, fill, greater, keyTensor, mul, sub, tanh, where } from '@variate/core/ops'
import {
  doublyReparameterized,
  importanceWeighted,
  renyi,
  reweightedWakeSleep,
  thermodynamic,
  vimco,
  type Estimator,
  type ObjectiveParameters,
  type Problem,
} from '@variate/estimators'
import { describe, expect, test } from 'vitest'
import { estimatesOf, largestDifference, oneRow, type Estimates } from './estimatesOf.ts'
import { gaussian, gaussianAt, mixed, mixedAt, withTerm, type Numbers } from './smallProblems.ts'

const particles = 4
const ofAll: readonly (readonly [string, Estimator])[] = [
  ['vimco', vimco({ particles })],
  ['thermodynamic', thermodynamic({ particles, partitions: 5 })],
  ['reweightedWakeSleep', reweightedWakeSleep({ particles })],
]
const all: readonly (readonly [string, Estimator])[] = [
  ['importanceWeighted', importanceWeighted({ particles: 2, groups: 2 })],
  ['doublyReparameterized', doublyReparameterized({ particles })],
  ['renyi, α = 0.5', renyi({ alpha: 0.5, particles })],
  ['renyi, α = 1', renyi({ alpha: 1, particles })],
  ['renyi, α = 2', renyi({ alpha: 2, particles })],
  ['renyi, α = −∞', renyi({ alpha: -Infinity, particles })],
  ['renyi, α = ∞', renyi({ alpha: Infinity, particles })],
  ...ofAll,
]
const finite = (x: Float64Array): boolean => x.every(Number.isFinite)
const gradientsOf = (estimates: Estimates) =>
  Object.entries(estimates).flatMap(([name, x]) => (name === 'objective' ? [] : [x]))

describe('weights of e^±1000 are finite in float32', () => {
  const steep = withTerm(gaussian, ({ z }) => mul(1000, tanh(mul(20, sub(z!, 0.4)))))
  test.each(all)('%s', (_, estimator) => {
    const estimates = estimatesOf(estimator, steep, gaussianAt, 200, { precision: 'float32' })
    for (const x of Object.values(estimates)) expect(finite(x)).toBe(true)
  })
})

// The term is 0 or −∞: half of the draws are impossible.
const halved = withTerm(gaussian, ({ z }) => where(greater(z!, 0.4), fill([], 0), -Infinity))
const nowhere = withTerm(gaussian, ({ z }) => where(greater(z!, 1e9), fill([], 0), -Infinity))

describe('draws of weight 0 leave gradients finite', () => {
  test.each(all)('%s', (_, estimator) => {
    for (const x of gradientsOf(estimatesOf(estimator, halved, gaussianAt, 200))) expect(finite(x)).toBe(true)
  })
})

describe('where all draws have weight 0 the objective is −∞, and the gradient 0', () => {
  test.each(all)('%s', (_, estimator) => {
    const estimates = estimatesOf(estimator, nowhere, gaussianAt, 20)
    expect([...new Set(estimates['objective'])]).toEqual([-Infinity])
    for (const x of gradientsOf(estimates)) expect(x.every((own) => own === 0)).toBe(true)
  })
})

test('a bound is finite where one draw has a weight, but for those that need all', () => {
  const means = (estimator: Estimator) => {
    const { objective } = estimatesOf(estimator, halved, gaussianAt, 400)
    return objective!.filter((x) => x === -Infinity).length / 400
  }
  // All four of four draws are impossible once in 16, one of four 15 times.
  for (const estimator of [
    renyi({ alpha: 0.5, particles }),
    vimco({ particles }),
    doublyReparameterized({ particles }),
  ])
    expect(Math.abs(means(estimator) - 1 / 16)).toBeLessThan(0.05)
  for (const estimator of [
    renyi({ alpha: 1, particles }),
    renyi({ alpha: 2, particles }),
    thermodynamic({ particles, partitions: 5 }),
  ])
    expect(Math.abs(means(estimator) - 15 / 16)).toBeLessThan(0.05)
})

describe('compiled it is what it is on TensorFlow.js', () => {
  const difference = (estimator: Estimator, at: Numbers, problem: Problem) => {
    const tensors = (own: Readonly<Record<string, number>>) =>
      Object.fromEntries(Object.entries(own).map(([name, x]) => [name, constant(x)]))
    const parameters: ObjectiveParameters = { model: tensors(at.model), guide: tensors(at.guide) }
    const eager = oneRow(estimator, problem, parameters, keyTensor(keyOf(3)), 10)
    const plain = Object.entries(eager).map(([name, x]) => [name, Float64Array.from(x.dataSync())])
    return largestDifference(estimatesOf(estimator, problem, at, 10, { seed: 3 }), Object.fromEntries(plain))
  }
  test.each(all)('%s', (_, estimator) => {
    expect(difference(estimator, gaussianAt, gaussian)).toBeLessThan(1e-4)
  })
  test.each(ofAll)('%s, of a mixed problem', (_, estimator) => {
    expect(difference(estimator, mixedAt, mixed)).toBeLessThan(1e-4)
  })
})
