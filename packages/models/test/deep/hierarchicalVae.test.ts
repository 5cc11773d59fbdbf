import '@tensorflow/tfjs-backend-cpu'
import { memory } from '@tensorflow/tfjs-core'
import { NdArray } from '@variate/core'
import { normal } from '@variate/distributions'
import { guideFamily } from '@variate/families'
import { adam, amortized } from '@variate/inference'
import { hierarchicalVae } from '@variate/models/deep'
import { expect, test } from 'vitest'
import { gradientError, objectiveOf } from './gradients.ts'

const x = [
  [1, 1, 0],
  [0, 1, 1],
  [1, 0, 0],
]
const sizes = { observed: 3, widths: [2, 2, 1], hidden: 3 } as const

test.each(['ladder', 'topDown'] as const)('gradients are those of central differences: %s', (encoder) => {
  const { model, guide } = hierarchicalVae({ ...sizes, encoder })
  expect(gradientError(objectiveOf(model, guideFamily(guide), { x }))).toBeLessThan(1e-7)
})

test('with zero weights log p and log q are those of the normals that networks then give', async () => {
  const { model, guide } = hierarchicalVae({ observed: 2, widths: [1, 1], hidden: 1 })
  const zero = (inputs: number, outputs: number) => ({
    weights: new NdArray(new Float64Array(outputs * inputs), [outputs, inputs]),
    bias: new NdArray(new Float64Array(outputs), [outputs]),
  })
  const head = (inputs: number, outputs: number) => [zero(inputs, 1), zero(1, outputs)]
  const own = { decoder: head(1, 2), prior1: head(1, 2) }
  // Scales are softplus(0) + 1e-4; q of z1 is the product of two such normals about 0.
  const scale = Math.log(2) + 1e-4
  const log = (z: number, sd: number): number => -0.5 * (z / sd) ** 2 - Math.log(sd * Math.sqrt(2 * Math.PI))
  const data = { x: [[1, 0]], z1: [[0.3]], z2: [[-0.8]] }
  const joint = log(-0.8, 1) + log(0.3, scale) + 2 * Math.log(0.5)
  expect(await model.logJoint({ ...data, ...own } as never)).toBeCloseTo(joint, 10)
  const q = { features1: [zero(2, 1)], features2: [zero(1, 1)], encoder1: head(1, 2), encoder2: head(1, 2) }
  const logQ = log(-0.8, scale) + log(0.3, scale / Math.SQRT2)
  expect(await guide.logJoint({ ...data, ...q, downward1: head(1, 2) } as never)).toBeCloseTo(logQ, 10)
})

test('with another distribution of the data it trains on, and the layers that there are take part', async () => {
  const before = memory().numTensors
  const observation = (decoded: Parameters<typeof normal>[0]) => normal(decoded, 0.3)
  const { model, guide } = hierarchicalVae({ observed: 2, widths: [1, 1], hidden: 4, observation })
  const rows = Array.from({ length: 12 }, (_, i) => [Math.sin(i), Math.sin(i)])
  const fit = await amortized(model, { guide, epochs: 150, optimizer: adam({ rate: 0.03 }) }).fit(
    { x: rows },
    { seed: 0 },
  )
  expect(fit.termination).toEqual({ kind: 'limit' })
  expect(fit.elbo).toBeGreaterThan(fit.history[0]!.elbo + 1)
  const drawn = await fit.sample(5, { seed: 1 })
  expect([drawn.z2.shape, drawn.z1.shape, drawn.x.shape]).toEqual([[5, 1], [5, 1], [5, 2]]) // prettier-ignore
  expect(memory().numTensors).toBe(before)
})

test('what there is not is refused', () => {
  expect(() => hierarchicalVae({ ...sizes, hidden: 0 })).toThrow(
    'hierarchicalVae: hidden must be a whole number ≥ 1, got 0',
  )
  expect(() => hierarchicalVae({ ...sizes, widths: [2, 0.5] })).toThrow(
    'hierarchicalVae: widths[1] must be a whole number ≥ 1, got 0.5',
  )
  expect(() => hierarchicalVae({ ...sizes, encoder: 'bottomUp' as never })).toThrow(
    "hierarchicalVae: encoder must be 'topDown' or 'ladder', got \"bottomUp\"",
  )
})
