import '@tensorflow/tfjs-backend-cpu'
import type * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { conv2d, sum, tanh, type ConvolutionOptions } from '@variate/core/ops'
import { valueAndGrad } from '../../src/index.ts'
import { real } from './numbers.ts'
import { expectedOf, ran } from './ran.ts'

const upTo = (max: number, min = 1) => fc.integer({ min, max })
const two = (max: number, min = 1) => fc.tuple(upTo(max, min), upTo(max, min))

test.each(['float32', 'float64'] as const)(
  'in %s convolutions of all windows and their gradients are those of compiled code',
  async (precision) => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(upTo(3), upTo(8), upTo(8), upTo(3)),
        fc.tuple(upTo(4), upTo(4), upTo(3)),
        fc.tuple(two(3), two(3), two(2, 0), two(2, 0)),
        async ([images, height, width, ins], [rows, columns, outs], [strides, dilations, down, across]) => {
          const options: ConvolutionOptions = { strides, dilations, padding: [down, across] }
          const fits = [
            [height, rows],
            [width, columns],
          ].every(
            ([length, taps], i) =>
              length! + [down, across][i]![0]! + [down, across][i]![1]! > (taps! - 1) * dilations[i]!,
          )
          fc.pre(fits)
          const given = [real([images, height, width, ins], 1), real([rows, columns, ins, outs], 2)]
          const f = (x: tf.Tensor, w: tf.Tensor): tf.Tensor[] => [
            conv2d(x, w, options),
            ...valueAndGrad((a: tf.Tensor, b: tf.Tensor) => sum(tanh(conv2d(a, b, options))))(x, w).grads,
          ]
          const got = await ran(f as never, given, precision)
          for (const [k, { data, shape }] of expectedOf(f as never, given, precision).entries()) {
            expect(got[k]!.shape).toEqual(shape)
            const all = Array.from(data)
            const largest = all.reduce((max, x) => Math.max(max, Math.abs(x)), 1)
            const far = all.findIndex((x, i) => !(Math.abs(got[k]!.data[i]! - x) <= (precision === 'float32' ? 5e-6 : 1e-14) * largest)) // prettier-ignore
            expect(far, `${k} at ${far}: ${got[k]!.data[far]}, not ${all[far]}`).toBe(-1)
          }
        },
      ),
      { numRuns: 40 },
    )
  },
)
