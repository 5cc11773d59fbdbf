import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { bitsOfDraws } from './draws.ts'
import oracle from './drawBits.json' with { type: 'json' }

test('the bits of draws are those that they have been, on whatever machine', () => {
  expect(bitsOfDraws()).toEqual(oracle)
})
