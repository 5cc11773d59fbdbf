import '@tensorflow/tfjs-backend-cpu'
import { ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { categorical, multinomial } from '../../src/index.ts'

test('categories of which there are none are refused', () => {
  expect(() => categorical({ probs: [] })).toThrow(
    new ShapeError('categorical: probs must have at least one category, got shape [0]'),
  )
  expect(() => categorical({ logits: [[], []] })).toThrow(
    new ShapeError('categorical: logits must have at least one category, got shape [2,0]'),
  )
  expect(() => multinomial(3, { probs: [] })).toThrow(ShapeError)
})
