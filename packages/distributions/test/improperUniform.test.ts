import '@tensorflow/tfjs-backend-cpu'
import { expect, expectTypeOf, test } from 'vitest'
import { dirichlet, exponential, improperUniform } from '../src/index.ts'
import { lawsOfCombinations } from './laws.ts'

lawsOfCombinations('improperUniform')

test('its log density is 0 throughout the support', () => {
  const d = improperUniform(exponential(1).support, [2])
  expect([...d.logProb([3, -1]).dataSync()]).toEqual([0, -Infinity])
  expect(d.logProb(NaN).dataSync()[0]).toBeNaN()
  const simplex = improperUniform(dirichlet([1, 1]).support, [], [2])
  expect(
    simplex
      .logProb([
        [0.5, 0.5],
        [0.5, 0.6],
      ])
      .arraySync(),
  ).toEqual([0, -Infinity])
})

test('nothing can be drawn from it', () => {
  const d = improperUniform(exponential(1).support)
  expectTypeOf(d).not.toHaveProperty('sample')
  expect('sample' in d).toBe(false)
})
