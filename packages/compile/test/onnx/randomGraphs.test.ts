import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { build, inputsOf, number, shapes, steps } from '../randomPrograms.ts'
import { apart, expectedOf, plainOf, ran } from './ran.ts'

test('random programs give the same as models', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(shapes, steps, number, async (own, program, seed) => {
      const f = build(program)
      const inputs = inputsOf(own, seed)
      const given = inputs.map(plainOf)
      const [got, expected] = [await ran(f, given, 'float64'), expectedOf(f, given, 'float64')]
      tf.dispose(inputs)
      expect(got.map((x, i) => apart(x, expected[i]!, 1e-12, 1))).toEqual(expected.map(() => undefined))
    }),
    { numRuns: 100 },
  )
})
