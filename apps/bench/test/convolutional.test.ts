import '@tensorflow/tfjs-backend-cpu'
import { mnist } from '@variate/data'
import { expect, test } from 'vitest'
import { disagreement } from '../src/compile/disagreement.ts'
import { dataOf } from '../src/compile/results.ts'
import { SMALL_CONVOLUTIONAL } from '../src/vae/network.ts'
import { trainConvolutional } from '../src/vae/trainConvolutional.ts'

test('losses of a convolutional autoencoder are the same compiled and operation by operation, and fall', async () => {
  const { images } = await mnist({ count: SMALL_CONVOLUTIONAL.images })
  const [compiled, eager] = await Promise.all(
    (['wasm', 'eager'] as const).map((engine) =>
      trainConvolutional(SMALL_CONVOLUTIONAL, images, 20, { engine }),
    ),
  )
  const losses = dataOf(compiled!.outputs)
  expect(losses).toHaveLength(20)
  expect(disagreement(losses, dataOf(eager!.outputs))).toBeLessThan(1e-3)
  const [start, end] = [losses.slice(0, 5), losses.slice(-5)].map((some) => some.reduce((a, b) => a + b))
  expect(end).toBeLessThan(start!)
  expect(compiled!.explanation.called).toEqual([])
})
