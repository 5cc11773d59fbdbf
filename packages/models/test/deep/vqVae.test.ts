import '@tensorflow/tfjs-backend-cpu'
import { memory, type Tensor } from '@tensorflow/tfjs-core'
import type { NdArray } from '@variate/core'
import { add, mul, neg, reshape, square, sub, sum } from '@variate/core/ops'
import { laplace, normal } from '@variate/distributions'
import { guideFamily } from '@variate/families'
import { adam, amortized } from '@variate/inference'
import { mlp, model, real } from '@variate/language'
import { kMeans } from '@variate/models'
import { vqVae } from '@variate/models/deep'
import { expect, test } from 'vitest'
import { gradientError, objectiveOf } from './gradients.ts'

const x = [
  [0.5, -1, 2],
  [-0.3, 0.8, -1.1],
]
const near = (decoded: Tensor) => normal(decoded, 0.7)

/** What networks of one hidden layer give: the first two leaves are those of the hidden one. */
function encoded(row: readonly number[], leaves: readonly NdArray[]): number[] {
  const [weights, bias, last, shift] = leaves as [NdArray, NdArray, NdArray, NdArray]
  const linear = (w: NdArray, b: NdArray, of: readonly number[]): number[] =>
    [...b.data].map((own, i) => own + of.reduce((all, y, j) => all + w.data[i * of.length + j]! * y, 0))
  const hidden = linear(weights, bias, row).map((y) => y / (1 + Math.exp(-y)))
  return linear(last, shift, hidden)
}

test('gradients are those of central differences where what has no derivative is held still', () => {
  const sizes = { observed: 3, size: 2, codes: 3, hidden: 3 }
  const own = vqVae({ ...sizes, commitment: 0.4, observation: near })
  const { at, start } = objectiveOf(own.model, guideFamily(own.guide), { x })
  // The leaves: the codebook, the decoder, then the encoder of the guide, weights before biases.
  const codebook = [...start[0]!.data]
  const codes = x.map((row) => encoded(row, start.slice(5)))
  const chosen = codes.map((code) => {
    const far = [0, 1, 2].map((k) => Math.hypot(code[0]! - codebook[2 * k]!, code[1]! - codebook[2 * k + 1]!))
    return far.map((own) => (own === Math.min(...far) ? 1 : 0))
  })
  const quantized = chosen.map((unit) => codebook.slice(2 * unit.indexOf(1), 2 * unit.indexOf(1) + 2))
  const still = model('held still')
    .param('codebook', real([3, 2]))
    .network('decoder', mlp([2, 3, 3], { activation: 'silu' }))
    .plate('example', 'n', (example) =>
      example
        .input('unit')
        .input('offset')
        .input('frozenCode')
        .input('frozenRow')
        .latent('code', normal([[0, 0]], 1))
        // What the normal says of the code is taken away again: its prior is flat.
        .factor('flat', ({ code }) => add(mul(0.5, sum(square(code))), Math.log(2 * Math.PI)))
        .factor('toCodes', ({ codebook: rows, unit, frozenCode }) =>
          neg(sum(square(sub(frozenCode, sum(mul(reshape(unit, [3, 1]), rows), 0))))),
        )
        .factor('toCodebook', ({ code, frozenRow }) => mul(-0.4, sum(square(sub(code, frozenRow)))))
        .observed('x', ({ code, offset, decoder }) => near(decoder(add(reshape(code, [2]), offset)))),
    )
  const reference = objectiveOf(still, guideFamily(own.guide as never), {
    x,
    unit: chosen,
    offset: quantized.map((row, i) => row.map((y, j) => y - codes[i]![j]!)),
    frozenCode: codes,
    frozenRow: quantized,
  })
  expect(gradientError({ at: reference.at, start })).toBeLessThan(1e-7)
  const [mine, other] = [at(start), reference.at(start)]
  expect(mine.value).toBeCloseTo(other.value, 10)
  for (const [i, { data }] of mine.gradients.entries())
    for (const [j, y] of data.entries()) expect(y).toBeCloseTo(other.gradients[i]!.data[j]!, 10)
})

const rows = Array.from({ length: 12 }, (_, i) => [(i % 2 === 0 ? 2 : -2) + 0.5 * Math.sin(1.7 * i * i)])
const identity = { input: [1], output: [1], init: () => ({}), apply: (_: unknown, y: Tensor) => y }

test('without networks the codebook is the centers of k-means', async () => {
  const before = memory().numTensors
  const shape = { observed: 1, size: 1, codes: 2, hidden: 1, encoder: identity, decoder: identity }
  const own = vqVae({ ...shape, observation: near })
  const algorithm = amortized(own.model, { guide: own.guide, epochs: 600, optimizer: adam({ rate: 0.02 }) })
  const fit = await algorithm.fit({ x: rows }, { seed: 0 })
  const { centers } = await kMeans({ clusters: 2 }).fit(rows, { seed: 0 })
  const sorted = (of: ArrayLike<number>) => Float64Array.from(of).toSorted()
  const [mine, theirs] = [sorted(fit.params.codebook.data), sorted(centers.data)]
  for (const [i, center] of theirs.entries()) expect(mine[i]).toBeCloseTo(center, 3)
  expect(memory().numTensors).toBe(before)
})

test('with another distribution of the data it trains on, and reconstructs', async () => {
  const observation = (decoded: Tensor) => laplace(decoded, 0.3)
  const own = vqVae({ observed: 1, size: 2, codes: 2, hidden: 4, observation })
  const options = { guide: own.guide, epochs: 300, optimizer: adam({ rate: 0.03 }) } as const
  const fit = await amortized(own.model, options).fit({ x: rows }, { seed: 0 })
  expect(fit.elbo).toBeGreaterThan(fit.history[0]!.elbo + 2)
  const { x: again } = await fit.reconstruct(rows, { seed: 1 })
  for (const [i, y] of again.data.entries()) expect(Math.sign(y)).toBe(Math.sign(rows[i]![0]!))
  await expect(fit.sample(2, { seed: 2 })).rejects.toThrow(
    'improperUniform is improper and cannot be drawn from',
  )
  expect(new Set([...again.data].map((y) => y.toFixed(4))).size).toBe(2)
  await expect(fit.estimateLogLikelihood(rows, { seed: 2 })).rejects.toThrow(
    'estimateLogLikelihood: q of "code" is a single point, which has no density',
  )
  const loaded = await amortized(own.model, options).load(fit.toBytes())
  expect((await loaded.reconstruct(rows, { seed: 1 })).x).toEqual(again)
})

test('what there cannot be is refused', () => {
  const sizes = { observed: 3, size: 2, codes: 3, hidden: 3 }
  expect(() => vqVae({ ...sizes, commitment: -1 })).toThrow('vqVae: commitment must be a number ≥ 0, got -1')
  expect(() => vqVae({ ...sizes, encoder: identity })).toThrow(
    'vqVae: encoder must take shape [3], and its shape is [1]',
  )
})
