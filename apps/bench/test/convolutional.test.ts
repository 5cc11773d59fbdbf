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
  expect(losses.at(-1)).toBeLessThan(0.9 * losses[0]!)
  expect(compiled!.explanation.called).toEqual([])
})
