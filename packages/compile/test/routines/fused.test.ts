import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import type { Tensor } from '@tensorflow/tfjs-core'
import { NdArray, ndarray } from '@variate/core'
import { matMul } from '@variate/core/ops'
import { compile } from '../../src/index.ts'
import { hasRelaxedSimd } from '../../src/wasm/relaxed.ts'
import { numbers } from './numbers.ts'

/** The elements of a result in either precision. */
function plain(x: Tensor | NdArray): { readonly data: ArrayLike<number> } {
  return x instanceof NdArray ? x : { data: x.dataSync() }
}

test('the engine is asked whether it adds products with one rounding', () => {
  const [major] = process.versions.node.split('.').map(Number)
  // V8 has it from 11.4 on: https://v8.dev/features
  expect(hasRelaxedSimd()).toBe(major! > 20)
})

test.each(['float32', 'float64'] as const)(
  'products are the same to rounding with and without, in %s',
  (precision) => {
    const eps = precision === 'float32' ? 2 ** -24 : 2 ** -53
    for (const [rows, inner, columns] of [
      [9, 700, 21],
      [1, 700, 21],
      [21, 700, 1],
    ] as const) {
      const given = [
        ndarray(Float64Array.from(numbers(rows * inner, 1)), [rows, inner]),
        ndarray(Float64Array.from(numbers(inner * columns, 2)), [inner, columns]),
      ] as const
      const product = (fastMath: boolean) => {
        const { data } = plain(
          compile((a: Tensor, b: Tensor) => matMul(a, b), { precision, fastMath })(...given),
        )
        return Array.from(data)
      }
      const [apart, fused] = [product(false), product(true)]
      const largest = inner * 4 ** 2
      for (const [i, x] of apart.entries())
        expect(Math.abs(fused[i]! - x)).toBeLessThan(inner * eps * largest)
      expect(fused.some((x, i) => x !== apart[i])).toBe(hasRelaxedSimd())
    }
  },
)
