import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, expect } from 'vitest'

/** Each test of the file leaves as many tensors as there were. */
export function checkLeaks(): void {
  let tensors: number
  beforeEach(() => {
    tensors = tf.memory().numTensors
  })
  afterEach(() => {
    // oxlint-disable-next-line vitest/no-standalone-expect
    expect(tf.memory().numTensors, 'tensors left').toBe(tensors)
  })
}
