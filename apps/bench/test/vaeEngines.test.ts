import '@tensorflow/tfjs-backend-cpu'
import { mnist, poolImages } from '@variate/data'
import { expect, test } from 'vitest'
import { disagreement } from '../src/compile/disagreement.ts'
import { dataOf } from '../src/compile/results.ts'
import { SMALL } from '../src/vae/sizes.ts'
import { train } from '../src/vae/train.ts'

test('losses of 200 steps are the same in ONNX Runtime, in WebAssembly and operation by operation', async () => {
  const { images, height, width } = await mnist({ count: SMALL.images })
  const pooled = poolImages(images, { height, width, by: 4 })
  const onnx = await train(SMALL, pooled, 200, { engine: 'onnx' })
  const losses = dataOf(onnx.outputs)
  expect(losses).toHaveLength(200)
  for (const engine of ['wasm', 'eager'] as const) {
    const { outputs } = await train(SMALL, pooled, 200, { engine })
    expect(disagreement(losses, dataOf(outputs)), engine).toBeLessThan(1e-3)
  }
  expect(onnx.explanation).toMatchObject({ engine: 'onnx', called: [] })
})
