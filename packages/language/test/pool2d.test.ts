import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { compile } from '@variate/compile'
import { DomainError, NdArray } from '@variate/core'
import { avgPool2d, maxPool2d } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

// Two images in front of [3, 4, 1]; PyTorch's F.max_pool2d and F.avg_pool2d are these by hand.
const image = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]
const x = new NdArray(Float64Array.from([...image, ...image.map((value) => -value)]), [2, 3, 4, 1])

test.each([
  ['maxPool2d', maxPool2d([3, 4, 1]), [1, 2, 1], [9, 6, -1, -1]],
  ['avgPool2d', avgPool2d([3, 4, 1]), [1, 2, 1], [4.5, 3.25, -4.5, -3.25]],
  ['maxPool2d, same', maxPool2d([3, 4, 1], { padding: 'same' }), [2, 2, 1], [9, 6, 5, 8, -1, -1, -3, -5]],
  ['avgPool2d, same', avgPool2d([3, 4, 1], { padding: 'same' }), [2, 2, 1], [4.5, 3.25, 4, 6.5, -4.5, -3.25, -4, -6.5]],
  ['avgPool2d of rows, by steps of 1', avgPool2d([3, 4, 1], { size: [1, 4], strides: 1 }), [3, 1, 1], [2.25, 5.5, 5.25, -2.25, -5.5, -5.25]],
] as const)('%s is that of each window, of images with axes in front', (_, pool, output, expected) => {
  expect(pool.output).toEqual(output)
  const f = compile((at: Tensor) => pool.apply({}, at), { precision: 'float64' })
  const got = f(x)
  expect(got.shape).toEqual([2, ...output])
  expect([...got.data]).toEqual([...expected])
}) // prettier-ignore

test.each([
  ['images without channels', () => maxPool2d([3, 4]), 'maxPool2d: images must be of shape [height, width, channels], got [3,4]'],
  ['a window that does not fit', () => avgPool2d([3, 4, 1], { size: 4 }), 'avgPool2d: a window of 4 × 4 does not fit into images of [3,4,1]'],
  ['half a step', () => maxPool2d([3, 4, 1], { strides: 0.5 }), 'maxPool2d: strides must be a whole number ≥ 1'],
  ['numbers of padding', () => maxPool2d([3, 4, 1], { padding: 1 as never }), "maxPool2d: padding must be 'same' or 'valid', got 1"],
])('%s: refused', (_, make, message) => {
  expect(make).toThrow(DomainError)
  expect(make).toThrow(message)
}) // prettier-ignore
