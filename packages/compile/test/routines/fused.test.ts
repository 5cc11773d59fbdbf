import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { matMul } from '@variate/core/ops'
import { wasmProgram } from '../../src/engine/wasmProgram.ts'
import { settled } from '../../src/loop/settled.ts'
import { trace } from '../../src/trace/trace.ts'
import { hasRelaxedSimd } from '../../src/wasm/relaxed.ts'
import { numbers } from './numbers.ts'

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
      const recorded = trace(
        [
          { shape: [rows, inner], dtype: 'float32' },
          { shape: [inner, columns], dtype: 'float32' },
        ],
        ([a, b]) => [matMul(a!, b!)],
        precision,
      )
      const traced = settled(recorded)
      const given = [numbers(rows * inner, 1), numbers(inner * columns, 2)]
      const [plain] = wasmProgram(traced, precision, '').run(given)
      const [fused] = wasmProgram(traced, precision, '', true).run(given)
      const largest = inner * 4 ** 2
      for (const [i, x] of plain!.entries())
        expect(Math.abs(fused![i]! - x)).toBeLessThan(inner * eps * largest)
      expect(fused!.some((x, i) => x !== plain![i])).toBe(hasRelaxedSimd())
    }
  },
)
