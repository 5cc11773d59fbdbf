import '@tensorflow/tfjs-backend-cpu'
import { key, NdArray, random } from '@variate/core'
import { bernoulli, normal } from '@variate/distributions'
import { amortized } from '@variate/inference'
import { mlp, model } from '@variate/language'
import { expect, test } from 'vitest'

const SIZE = 200

const vae = model('vae')
  .network('decoder', mlp([10, SIZE, SIZE]))
  .plate('image', 'n', (i) =>
    i
      .latent('z', normal(Array<number>(10).fill(0), 1))
      .observed('x', ({ z, decoder }) => bernoulli({ logits: decoder(z) })),
  )
const optionsOf = (engine?: 'wasm') => ({
  encoder: { z: { from: 'x' as const, network: mlp([SIZE, SIZE], { output: 'relu' as const }) } },
  epochs: 1,
  batch: { image: 16 },
  ...(engine ? { engine } : {}),
})
const pixels = (count: number, seed: number): NdArray<Float64Array> => {
  const { data } = random.uniform(key(seed), [count, SIZE])
  return new NdArray(
    Float64Array.from(data, (u) => (u < 0.3 ? 1 : 0)),
    [count, SIZE],
  )
}

// The first is so much work that ONNX Runtime is chosen for it, where it is installed.
test('the likelihood is the same on the engine that is chosen and in WebAssembly alone', async () => {
  const fit = await amortized(vae, optionsOf('wasm')).fit({ x: pixels(16, 0) }, { seed: 0 })
  const bytes = fit.toBytes()
  const [chosen, inWasm] = [await amortized(vae, optionsOf()).load(bytes), fit]
  const x = pixels(25, 1)
  const options = { particles: 4000, seed: 2 }
  const a = await chosen.estimateLogLikelihood(x, options)
  const b = await inWasm.estimateLogLikelihood(x, options)
  const apart = a.pointwise.data.map((own, i) => Math.abs(own - b.pointwise.data[i]!))
  expect(Math.max(...apart)).toBeLessThan(1e-3)
  expect(a.pointwise.data.some((own, i) => own !== b.pointwise.data[i])).toBe(true)
})
