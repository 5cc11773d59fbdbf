import '@tensorflow/tfjs-backend-cpu'
import type { NdArray } from '@variate/core'
import { exp, reshape, slice } from '@variate/core/ops'
import { mixture, normal } from '@variate/distributions'
import { stickingTheLanding } from '@variate/estimators'
import { amortized } from '@variate/inference'
import { guide, mlp, model, real } from '@variate/language'
import type { Tensor } from '@tensorflow/tfjs-core'
import * as ort from 'onnxruntime-node'
import { expect, test } from 'vitest'

const x = [-1.3, 0.4, 2, 0.7]
const normalOf = (numbers: Tensor) => {
  const [loc, log] = [0, 1].map((at) => reshape(slice(numbers, [0, at], [2, 1]), [2]))
  return normal(loc!, exp(log!))
}
const declared = model('vamp')
  .network('encoder', mlp([1, 2]))
  .param('u', real([2]), { init: [-1, 1] })
  .plate('item', 'n', (item) =>
    item
      .latent('z', ({ encoder, u }) => mixture({ probs: [0.5, 0.5] }, normalOf(encoder(reshape(u, [2, 1])))))
      .observed('x', ({ z }) => normal(z, 0.7)),
  )
const q = guide(declared)
  .shared('encoder')
  .plate('item', 'n', (item) =>
    item.latent('z', ({ x: own, encoder }) => {
      const numbers = encoder(reshape(own, [1]))
      return normal(reshape(slice(numbers, [0], [1]), []), exp(reshape(slice(numbers, [1], [1]), [])))
    }),
  )

const how = { batch: { item: 2 }, epochs: 3, precision: 'float64', estimator: stickingTheLanding() } as const

test.each<[string, object]>([
  ['an encoder', { encoder: { z: { from: 'x', network: 'encoder' } } }],
  ['a guide', { guide: q }],
])('q is what the network of the model gives, before and after it is saved: %s', async (_, own) => {
  const algorithm = amortized(declared, { ...how, ...(own as { readonly guide: typeof q }) })
  const fit = await algorithm.fit({ x }, { seed: 0 })
  const [{ weights, bias }] = fit.params.encoder as unknown as readonly [Record<'weights' | 'bias', NdArray>]
  const again = await algorithm.load(fit.toBytes())
  for (const { encode, evaluate } of [fit, again]) {
    const { mean, variance } = await encode(x)
    for (const [i, at] of x.entries()) {
      expect(mean.z.data[i]).toBeCloseTo(weights!.at(0, 0) * at + bias!.at(0), 12)
      expect(variance.z.data[i]).toBeCloseTo(Math.exp(2 * (weights!.at(1, 0) * at + bias!.at(1))), 12)
    }
    const { elbo } = await evaluate(x, { seed: 1, draws: 50 })
    expect(elbo).toBe((await fit.evaluate(x, { seed: 1, draws: 50 })).elbo)
  }
  const { z } = await fit.sampleLatents(x, 5, { seed: 2 })
  expect(z.shape).toEqual([5, 4])
  const session = await ort.InferenceSession.create(await again.toOnnx('encoder'))
  const told = await session.run({ x: new ort.Tensor('float64', Float64Array.from(x), [4]) })
  await session.release()
  for (const [i, at] of x.entries())
    expect((told['mean.z']!.data as Float64Array)[i]).toBeCloseTo(weights!.at(0, 0) * at + bias!.at(0), 12)
})

test('a fit goes on exactly as if it had not stopped', async () => {
  const encoder = { z: { from: 'x', network: 'encoder' } } as const
  const short = await amortized(declared, { ...how, encoder, epochs: 2 }).fit({ x }, { seed: 0 })
  const algorithm = amortized(declared, { ...how, encoder })
  const resumed = await algorithm.fit({ x }, { from: short })
  const straight = await algorithm.fit({ x }, { seed: 0 })
  expect([...resumed.params.u.data]).toEqual([...straight.params.u.data])
  expect(resumed.elbo).toBe(straight.elbo)
})
