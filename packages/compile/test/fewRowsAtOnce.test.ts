import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { key, random } from '@variate/core'
import { cast, expandDims, gather, less, sum } from '@variate/core/ops'
import { expect, test } from 'vitest'
import { compile } from '../src/index.ts'
import { dimensionsOf } from '../src/lower/loops/dimensions.ts'

const ROWS = 128
const LENGTH = 3000

test('long rows that few of are done at a time are gone through one after the other', () => {
  // Most of what is read goes along the first axis.
  const along = { coefficients: [1, 0], offset: 0 }
  const across = { coefficients: [0, 1], offset: 0 }
  const axes = (isByRows: boolean): readonly number[] =>
    dimensionsOf([ROWS, LENGTH], [along, along, across], isByRows).map(({ axis }) => axis)
  expect(axes(false)).toEqual([1, 0])
  expect(axes(true)).toEqual([0, 1])
  // There is no other axis.
  expect(dimensionsOf([ROWS], [{ coefficients: [1], offset: 0 }], true)).toEqual([{ length: ROWS, axis: 0 }])
})

test('sums along long rows, joined with what is made of them, are those that sorting gives', () => {
  const uniforms = random.uniform(key(1), [LENGTH])
  const places = Int32Array.from({ length: ROWS }, (_, i) => (i * 37) % LENGTH)
  const ranks = compile((x: Tensor, at: Tensor) => {
    const own = expandDims(gather(x, at), 1)
    return cast(sum(cast(less(x, own), 'float32'), 1), 'int32')
  })
  const sorted = [...uniforms.data].toSorted((a, b) => a - b)
  const expected = [...places].map((place) => sorted.indexOf(uniforms.data[place]!))
  expect(Array.from(ranks(uniforms, places).dataSync())).toEqual(expected)
  const joined = ranks.explain().pieces.filter((piece) => piece.kind === 'loops')
  expect(joined.map(({ domains }) => domains)).toEqual([[[ROWS, LENGTH], [ROWS]]])
})
