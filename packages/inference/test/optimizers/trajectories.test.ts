import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import oracle from './oracles/optimizers.json' with { type: 'json' }
import { SUBJECTS } from './subjects.ts'
import { compiled, eager, farthest, gradientsFor } from './trajectories.ts'

const { trajectories } = oracle as { readonly trajectories: Readonly<Record<string, number[][]>> }

test('every trajectory of the oracle has its optimiser', () => {
  expect(Object.keys(SUBJECTS).toSorted()).toEqual(Object.keys(trajectories).toSorted())
})

test.each(Object.keys(SUBJECTS))('%s goes where optax goes, compiled in float64', async (name) => {
  const got = await compiled(SUBJECTS[name]!, gradientsFor(name), 'float64')
  expect(farthest(got, trajectories[name]!)).toBeLessThan(1e-12)
})

test.each(Object.keys(SUBJECTS))('%s does the same in single precision, compiled and not', async (name) => {
  const inLoop = await compiled(SUBJECTS[name]!, gradientsFor(name), 'float32')
  expect(farthest(inLoop, trajectories[name]!)).toBeLessThan(1e-5)
  const stepByStep = eager(SUBJECTS[name]!, gradientsFor(name))
  expect(farthest(stepByStep, trajectories[name]!)).toBeLessThan(1e-5)
  expect(farthest(stepByStep, inLoop)).toBeLessThan(2e-6)
})
