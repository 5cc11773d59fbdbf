import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { compile } from '@variate/compile'
import { key, ndarray } from '@variate/core'
import { bernoulli, normal } from '@variate/distributions'
import { dense, heNormal, mlp, model, type AnyNetwork } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

/** What a network gives for one vector, in float64. */
function applied(network: AnyNetwork, params: unknown, x: readonly number[]): number[] {
  const f = compile((p: never, at: Tensor) => network.apply(p, at), { precision: 'float64' })
  return [...f(params as never, Float64Array.from(x)).data]
}

test('a perceptron is its layers one behind the other, by plain loops', () => {
  const network = mlp([3, 4, 2], { activation: 'tanh', output: 'softplus' })
  const params = network.init(key(1))
  const x = [0.5, -1, 2]
  let at = x
  for (const [i, { weights, bias }] of params.entries()) {
    const [rows, columns] = weights.shape as [number, number]
    const f = i === 0 ? Math.tanh : (value: number) => Math.log1p(Math.exp(value))
    at = Array.from({ length: rows }, (_, r) =>
      f(
        Array.from({ length: columns }, (__, c) => weights.at(r, c) * at[c]!).reduce(
          (a, b) => a + b,
          bias.at(r),
        ),
      ),
    )
  }
  const got = applied(network, params, x)
  for (const [i, value] of got.entries()) expect(value).toBeCloseTo(at[i]!, 12)
})

test('what is masked has no part in a layer', () => {
  const mask = ndarray(Float32Array.of(1, 0, 0, 1, 1, 0), [2, 3])
  const layer = dense(3, 2, { mask })
  const params = layer.init(key(2))
  const base = applied(layer, params, [1, 2, 3])
  expect(applied(layer, params, [1, 2, 99])[0]).toBe(base[0])
  expect(applied(layer, params, [1, 2, 99])[1]).toBe(base[1])
  expect(applied(layer, params, [5, 2, 3])[0]).not.toBe(base[0])
})

test('weights begin with the variances of their papers', () => {
  const { data } = heNormal(key(3), 200, 300)
  const variance = data.reduce((sum, x) => sum + x * x, 0) / data.length
  expect(variance / (2 / 300)).toBeGreaterThan(0.98)
  expect(variance / (2 / 300)).toBeLessThan(1.02)
})

test('a model with a network has its density, element by element', async () => {
  const decoder = mlp([2, 5, 3], { activation: 'relu' })
  const vae = model('vae')
    .network('decoder', decoder)
    .plate('image', 'n', (i) =>
      i.latent('z', normal([0, 0], 1)).observed('x', ({ z, decoder: f }) => bernoulli({ logits: f(z) })),
    )
  const params = decoder.init(key(4))
  const z = [[0.3, -1], [2, 0.1]] // prettier-ignore
  const x = [[0, 1, 1], [1, 0, 1]] // prettier-ignore
  const logs = await vae.logProb({ decoder: params, z, x })
  for (const [i, row] of z.entries()) {
    const logits = applied(decoder, params, row)
    const expected = logits.reduce(
      (sum, logit, j) => sum - Math.log1p(Math.exp(x[i]![j] ? -logit : logit)),
      0,
    )
    expect(logs.x.at(i)).toBeCloseTo(expected, 10)
  }
  const drawn = await vae.sample({ seed: 0, count: 4, given: { decoder: params }, sizes: { n: 6 } })
  expect(drawn.x.shape).toEqual([4, 6, 3])
})
