import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { NdArray } from '@variate/core'
import { add, exp, mul, sum, transpose, tril, triu } from '@variate/core/ops'
import { compile } from '../src/index.ts'

const OFFSETS = [-9, -2, -1, 0, 1, 3, 40]

function expectNear(x: number, want: number): void {
  const isNear = Number.isNaN(want) ? Number.isNaN(x) : Math.abs(x - want) < 2e-5
  expect(isNear, `${x} is not ${want}`).toBe(true)
}

test.each(['float32', 'float64'] as const)(
  'triangles are those of plain loops, with what is around them in one loop, in %s',
  (precision) => {
    for (const [batch, rows, columns] of [
      [1, 1, 1],
      [1, 5, 9],
      [3, 8, 8],
      [2, 33, 17],
      [1, 64, 64],
    ] as const) {
      const size = batch * rows * columns
      const data = Float64Array.from({ length: size }, (_, i) => Math.fround(Math.sin(i)))
      data[0] = NaN
      const f = (x: tf.Tensor) =>
        OFFSETS.flatMap((offset) => [
          tril(x, offset),
          mul(2, triu(x, offset)),
          transpose(tril(exp(x), offset), [0, 2, 1]),
          sum(add(triu(x, offset), 1), [1]),
        ]) as tf.Tensor[]
      const program = compile(f, { precision, passes: { unrolling: false } })
      const made = program(new NdArray(data, [batch, rows, columns]) as never)
      expect(program.explain().called).toEqual([])
      OFFSETS.forEach((offset, k) => {
        const results = made
          .slice(4 * k, 4 * k + 4)
          .map((x) => (x instanceof tf.Tensor ? x.dataSync() : x.data))
        const [low, high, turned, sums] = results as unknown as readonly ArrayLike<number>[]
        const wanted = new Float64Array(batch * columns)
        for (let b = 0; b < batch; b++)
          for (let i = 0; i < rows; i++)
            for (let j = 0; j < columns; j++) {
              const at = (b * rows + i) * columns + j
              const [isLow, isHigh] = [j <= i + offset, j >= i + offset]
              expect(low![at]).toBe(isLow ? data[at] : 0)
              expect(high![at]).toBe(isHigh ? 2 * data[at]! : 0)
              expectNear(turned![(b * columns + j) * rows + i]!, isLow ? Math.exp(data[at]!) : 0)
              wanted[b * columns + j]! += (isHigh ? data[at]! : 0) + 1
            }
        wanted.forEach((want, at) => expectNear(sums![at]!, want))
      })
    }
  },
)
