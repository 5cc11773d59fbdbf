import '@tensorflow/tfjs-backend-cpu'
import {
  doublyReparameterized,
  importanceWeighted,
  renyi,
  reweightedWakeSleep,
  thermodynamic,
  vimco,
  type Problem,
} from '@variate/estimators'
import { expect, test } from 'vitest'
import { gaussian, plated, switched } from './smallProblems.ts'

test.each([
  [
    () => importanceWeighted({ particles: 0 }),
    'importanceWeighted: particles must be a whole number ≥ 1, got 0',
  ],
  [
    () => importanceWeighted({ particles: 2, groups: 0.5 }),
    'importanceWeighted: groups must be a whole number ≥ 1, got 0.5',
  ],
  [
    () => doublyReparameterized({ particles: -1 }),
    'doublyReparameterized: particles must be a whole number ≥ 1, got -1',
  ],
  [() => vimco({ particles: 1 }), 'vimco: particles must be a whole number ≥ 2, got 1'],
  [
    () => reweightedWakeSleep({ particles: 1 }),
    'reweightedWakeSleep: particles must be a whole number ≥ 2, got 1',
  ],
  [() => renyi({ alpha: Number.NaN, particles: 2 }), 'renyi: alpha must be a number, got NaN'],
  [() => renyi({ alpha: 0, particles: 0 }), 'renyi: particles must be a whole number ≥ 1, got 0'],
  [
    () => thermodynamic({ particles: 1, partitions: 5 }),
    'thermodynamic: particles must be a whole number ≥ 2, got 1',
  ],
  [
    () => thermodynamic({ particles: 2, partitions: 0 }),
    'thermodynamic: partitions must be a whole number ≥ 1, got 0',
  ],
  [
    () => thermodynamic({ particles: 2, partitions: [0, 0.5, 1] }),
    'thermodynamic: partitions must rise from 0 and stay below 1, got [0,0.5,1]',
  ],
  [
    () => thermodynamic({ particles: 2, partitions: [] }),
    'thermodynamic: partitions must rise from 0 and stay below 1, got []',
  ],
])('%# of what is out of range', (make, message) => {
  expect(make).toThrow(message)
})

test.each([
  importanceWeighted({ particles: 2 }),
  doublyReparameterized({ particles: 2 }),
  renyi({ alpha: 0, particles: 2 }),
])('a latent whose draws have no derivative is named', (estimator) => {
  expect(() => estimator.init(switched, 'here')).toThrow(
    `here: ${estimator.name} differentiates draws, and "b" is discrete: its draws jump as the parameters move, and have no derivative: use vimco()`,
  )
})

test.each([
  importanceWeighted({ particles: 2 }),
  doublyReparameterized({ particles: 2 }),
  renyi({ alpha: 0, particles: 2 }),
  vimco({ particles: 2 }),
  thermodynamic({ particles: 2, partitions: 2 }),
  reweightedWakeSleep({ particles: 2 }),
])('mini-batches of what has one weight are refused', (estimator) => {
  const half = plated([1, 2], 2)
  estimator.init(half, 'here')
  const joined = half.factors.map((own) => ({
    ...own,
    terms: own.terms.map(({ name }) => ({ name, aligned: [] })),
  }))
  const shared: Problem = { ...half, factors: joined }
  expect(() => estimator.init(shared, 'here')).toThrow(
    `here: ${estimator.name}: mini-batches hold a part of the elements that "z" is of, and the weights of all of them make one weight`,
  )
  estimator.init(gaussian, 'here')
})
