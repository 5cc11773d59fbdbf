import '@tensorflow/tfjs-backend-cpu'
import type * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { conv2d, convTranspose2d, sum, tanh, type ConvolutionOptions } from '@variate/core/ops'
import { hessianVectorProduct, valueAndGrad } from '../../src/index.ts'
import { real } from './numbers.ts'
import { apart, expectedOf, ran } from './ran.ts'

const upTo = (max: number, min = 1) => fc.integer({ min, max })
const two = (max: number, min = 1) => fc.tuple(upTo(max, min), upTo(max, min))

type Shape = readonly number[]

/** Windows that random ones seldom are. */
const WINDOWS: readonly (readonly [what: string, x: Shape, filter: Shape, options: ConvolutionOptions])[] = [
  ['of which some pixels lie outside of all images', [1, 1, 1, 1], [2, 2, 1, 1], { dilations: 11, padding: 10 }],
  ['with more zeros than the filter has pixels', [2, 3, 3, 1], [1, 1, 1, 2], { padding: 5 }],
  ['of zeros on two sides, in steps', [2, 3, 4, 2], [2, 3, 2, 2], { padding: [[7, 0], [0, 9]], strides: [4, 3] }],
  ['that leave pixels out', [2, 7, 8, 2], [1, 2, 2, 3], { strides: [3, 5] }],
  ['whose steps are longer than the image', [2, 3, 3, 2], [2, 2, 2, 3], { strides: 9 }],
  ['of no images', [0, 5, 5, 2], [3, 3, 2, 4], {}],
  ['from no channels', [2, 5, 5, 0], [3, 3, 0, 4], {}],
  ['to no channels', [2, 5, 5, 2], [3, 3, 2, 0], {}],
] // prettier-ignore

test.each(WINDOWS)('windows %s: %j and %j, %j', async (_, x, filter, options) => {
  for (const precision of ['float32', 'float64'] as const) {
    const given = [real(x, 1), real(filter, 2)]
    const total = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => sum(tanh(conv2d(a, b, options)))
    const f = (a: tf.Tensor, b: tf.Tensor): tf.Tensor[] => [
      conv2d(a, b, options),
      ...valueAndGrad(total)(a, b).grads,
      ...hessianVectorProduct(total)([a, b], [a, b]),
    ]
    const [got, expected] = [
      await ran(f as never, given, precision),
      expectedOf(f as never, given, precision),
    ]
    const tolerance = precision === 'float32' ? 5e-6 : 1e-14
    expect(got.map((own, i) => apart(own, expected[i]!, tolerance, 1))).toEqual(expected.map(() => undefined))
  }
})

test('a transposed convolution of the size that is asked for', async () => {
  const options = { strides: 3, outputSize: [12, 11] } as const
  const f = (y: tf.Tensor, w: tf.Tensor): tf.Tensor => convTranspose2d(y, w, options)
  const given = [real([2, 4, 4, 2]), real([1, 2, 3, 2], 3)]
  for (const precision of ['float32', 'float64'] as const) {
    const [got, expected] = [
      await ran(f as never, given, precision),
      expectedOf(f as never, given, precision),
    ]
    expect(got[0]!.shape).toEqual([2, 12, 11, 3])
    expect(apart(got[0]!, expected[0]!, precision === 'float32' ? 5e-6 : 1e-14, 1)).toBeUndefined()
  }
})

test.each(['float32', 'float64'] as const)(
  'in %s convolutions of all windows and their gradients are those of compiled code',
  async (precision) => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(upTo(3), upTo(8), upTo(8), fc.constantFrom(1, 2, 3, 8, 9)),
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
