import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { NdArray } from '@variate/core'
import { truncatedNormalIsNarrow, truncatedNormalIsWide, truncatedNormalOrigin } from '@variate/core/internal'
import { cast, stack } from '@variate/core/ops'
import { compile } from '../../src/index.ts'

/** Ends of intervals and widths, on both sides of where w·max(1, a + w) is 2 as well: float32 would not tell them apart. */
const ENDS = [0, 1, -1, -3, 0.5, 20, 1e6, -1e6, 1e-20, 1 - 2 ** -24, -0.5, 3]
const WIDTHS = [2, 1, 1 + 2 ** -23, 2e18, 0, 0.1, 2e-6, 2e-6 - 2 ** -42, 6, 2 + 2 ** -22, 1.5, 0.5615528]
const pairs = ENDS.flatMap((a) => WIDTHS.map((w) => [Math.fround(a), Math.fround(w)] as const))

test.each(['float32', 'float64'] as const)(
  'how a truncated normal is told is decided in %s as in core',
  (precision) => {
    const forms = (a: tf.Tensor, w: tf.Tensor) =>
      stack([
        cast(truncatedNormalIsNarrow(a, w), 'float32'),
        cast(truncatedNormalIsWide(a, w), 'float32'),
        truncatedNormalOrigin(a, w),
      ])
    for (const unroll of [true, false]) {
      const f = compile(forms, { precision, engine: 'wasm', passes: { unrolling: unroll } } as never)
      const columns = [0, 1].map(
        (which) =>
          new NdArray(
            Float64Array.from(pairs, (pair) => pair[which]!),
            [pairs.length],
          ),
      )
      const got = f(columns[0]!, columns[1]!) as unknown as tf.Tensor | NdArray
      const wanted = tf.tidy(() => {
        const [a, w] = [0, 1].map((which) => tf.tensor1d(pairs.map((pair) => pair[which]!)))
        return Array.from(forms(a!, w!).dataSync())
      })
      const data = 'dataSync' in got ? got.dataSync() : (got.data as Float64Array)
      expect(Array.from(data, Math.fround)).toEqual(wanted)
      if ('dispose' in got) got.dispose()
      expect(f.explain().called).toEqual([])
    }
  },
)
