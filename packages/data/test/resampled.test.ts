import '@tensorflow/tfjs-backend-cpu'
import { key, ndarray } from '@variate/core'
import * as ops from '@variate/core/ops'
import { binarize, resampled } from '@variate/data'
import { expect, test } from 'vitest'

const grey = (...pixels: readonly number[]) => ndarray(Float32Array.from(pixels), [pixels.length / 2, 2])

test('pixels are 1 as often as they are bright', () => {
  const count = 4000
  const brightness = ops.constant(
    ndarray(
      Float32Array.from({ length: 4 * count }, (_, i) => (i % 4) / 3),
      [count, 4],
    ),
  )
  const drawn = (seed: number) => {
    const pixels = binarize(key(seed), brightness, ops)
    const data = Array.from(pixels.dataSync())
    pixels.dispose()
    return data
  }
  const data = drawn(0)
  expect([...new Set(data)].sort()).toEqual([0, 1])
  for (const [column, p] of [0, 1 / 3, 2 / 3, 1].entries()) {
    const share = data.filter((_, i) => i % 4 === column).reduce((a, b) => a + b, 0) / count
    expect(Math.abs(share - p)).toBeLessThanOrEqual(4 * Math.sqrt((p * (1 - p)) / count))
  }
  expect([...drawn(1)]).not.toEqual([...data])
  expect([...drawn(0)]).toEqual([...data])
  brightness.dispose()
})

test('what is drawn of is kept as it is', () => {
  const values = grey(0, 0.5, 1, 0.25)
  const source = resampled(values, binarize)
  expect([source.kind, source.values, source.draw]).toEqual(['resampled', values, binarize])
})

test('lists are no arrays, and there is something to draw with', () => {
  expect(() => resampled([[0.5]] as never, binarize)).toThrow(
    'resampled: values must be an NdArray, an example',
  )
  expect(() => resampled(grey(0, 1), undefined as never)).toThrow(
    'draw must be a function, such as binarize, got',
  )
})

test('values that cannot be drawn of are refused, by their row', () => {
  expect(() => resampled(grey(0, 1, 0.5, -0.1), binarize)).toThrow('row 1 has -0.1')
  expect(() => resampled(grey(0, NaN), binarize)).toThrow(
    'row 0 has NaN at [1], expected a number in each place',
  )
  expect(() => resampled(ndarray(new Float32Array(0), [0, 2]), binarize)).toThrow(
    'there must be an example at least, got shape [0,2]',
  )
  expect(() => resampled(grey(0, 7), (_, x) => x)).not.toThrow()
  expect(() => resampled(grey(0, NaN), (_, x) => x)).toThrow('row 0 has NaN')
})
