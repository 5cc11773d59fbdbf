import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { loop } from '@variate/compile'
import { key } from '@variate/core'
import { keyTensor } from '@variate/core/ops'
import { mnist, poolImages } from '@variate/data'
import { expect, test } from 'vitest'
import { disagreement } from '../src/compile/disagreement.ts'
import { dataOf } from '../src/compile/results.ts'
import { shuffled } from '../src/vae/shuffled.ts'
import { SMALL } from '../src/vae/sizes.ts'
import { train } from '../src/vae/train.ts'

/** The indices that each step takes of 50, seven at once. */
function taken(steps: number): number[][] {
  const { outputs } = loop(
    (state: Tensor, { index }) => ({ state, outputs: shuffled(keyTensor(key(3)), index, 50, 7) }),
    { state: 0, count: steps, collect: { every: 1 } },
  )
  return outputs.arraySync() as number[][]
}

test('an epoch takes no element twice, and another epoch takes them in another order', () => {
  const steps = taken(14)
  const epochs = [steps.slice(0, 7), steps.slice(7)].map((rows) => rows.flat())
  for (const epoch of epochs) {
    expect(new Set(epoch).size).toBe(49)
    expect(epoch.every((index) => index >= 0 && index < 50)).toBe(true)
  }
  expect(epochs[0]).not.toEqual(epochs[1])
})

test('each element comes first equally often', () => {
  const size = 5
  const counts = Array.from({ length: size }, () => 0)
  const epochs = 2000
  const { outputs } = loop(
    (state: Tensor, { index }) => ({ state, outputs: shuffled(keyTensor(key(4)), index, size, size) }),
    { state: 0, count: epochs, collect: { every: 1 } },
  )
  for (const [first] of outputs.arraySync() as number[][]) counts[first!]!++
  const expected = epochs / size
  const chiSquared = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  // The quantile of χ² with 4 degrees of freedom that one of a million exceeds.
  expect(chiSquared).toBeLessThan(33.4)
})

test('losses of 200 steps are the same compiled and operation by operation', async () => {
  const { images, height, width } = await mnist({ count: SMALL.images })
  const pooled = poolImages(images, { height, width, by: 4 })
  const compiled = await train(SMALL, pooled, 200, { engine: 'wasm' })
  const eager = await train(SMALL, pooled, 200, { engine: 'eager' })
  const losses = dataOf(compiled.outputs)
  expect(losses).toHaveLength(200)
  expect(disagreement(losses, dataOf(eager.outputs))).toBeLessThan(1e-3)
  expect(losses.at(-1)).toBeLessThan(0.8 * losses[0]!)
  expect(compiled.explanation.called).toEqual([])
})
