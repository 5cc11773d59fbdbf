import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { key, NumericalError } from '@variate/core'
import { expect, test } from 'vitest'
import {
  binomial,
  geometric,
  multinomial,
  negativeBinomial,
  negativeBinomial2,
  poisson,
  type Distribution,
} from '../../src/index.ts'

// They were 2³¹ − 1, or −1 where a rate was infinite.
test.each<[Distribution, RegExp]>([
  [poisson([1, 4e9]), /^poisson: draw 1 of rate 4000000000 is (399|400)\d{7}, and counts are int32/],
  [geometric({ probs: 1e-12 }), /^geometric: draw 0 of probs 9\.99\d*e-13 is \d+, and counts are int32/],
  [
    binomial(2 ** 32, { probs: 0.75 }),
    /^binomial: draw 0 of total 4294967296, probs 0\.75 is 322\d{7}, and counts are int32/,
  ],
  [
    negativeBinomial(1e6, { logits: 12 }),
    /^negativeBinomial: its rate has a gamma distribution: poisson: draw 0 of rate \d+ is \d+, and/,
  ],
  [negativeBinomial(1e30, { logits: 30 }), /^negativeBinomial: .* of rate Infinity is NaN, and counts/],
  [negativeBinomial2(1e12, 3), /^negativeBinomial2: its rate has a gamma distribution: poisson: draw 0/],
  [
    multinomial(2 ** 33, { probs: [0.5, 0.5] }),
    /^multinomial: draw 0 of total 8589934592 is 42\d{8}, and counts are int32/,
  ],
])('counts that int32 cannot hold are refused: %#', (distribution, message) => {
  const before = tf.memory().numTensors
  expect(() => distribution.sample(key(0))).toThrow(NumericalError)
  expect(() => distribution.sample(key(0))).toThrow(message)
  expect(tf.memory().numTensors).toBe(before)
})
