import '@tensorflow/tfjs-backend-cpu'
import type * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { ndarray } from '@variate/core'
import { add, erf, exp, lgamma, mul, softplus, sub, tanh } from '@variate/core/ops'
import { compile } from '../src/index.ts'
import { PASSES } from '../src/graph/passes.ts'
import { numbers } from './routines/numbers.ts'

const NONE = Object.fromEntries(PASSES.map((pass) => [pass, false]))

/** Several results of an element, some of which read others; what only a row has; and chains that are too long for four at once. */
const f = (x: tf.Tensor, y: tf.Tensor, row: tf.Tensor, column: tf.Tensor): readonly tf.Tensor[] => {
  const slope = tanh(sub(mul(x, exp(row)), column))
  const both = add(softplus(mul(slope, y)), slope)
  const long = lgamma(add(2, softplus(erf(both) as tf.Tensor))) as tf.Tensor
  return [slope, both, long, mul(long, both)]
}

test.each(['float32', 'float64'] as const)(
  'vectors that are computed together are those that are computed one by one, in %s',
  (precision) => {
    for (const columns of [3, 7, 8, 15, 16, 17, 24, 31, 32, 47, 64, 100, 1025]) {
      const rows = columns > 100 ? 2 : 5
      const shapes = [[rows, columns], [rows, columns], [columns], [rows, 1]] // prettier-ignore
      const inputs = shapes.map((shape, i) =>
        ndarray(numbers(shape[0]! * (shape[1] ?? 1), i), shape),
      ) as unknown as Parameters<typeof f>
      const [together, apart] = [{ unrolling: false }, NONE].map((passes) =>
        compile(f, { precision, engine: 'wasm', passes })(...inputs).map((result) =>
          Array.from('dataSync' in result ? result.dataSync() : (result as { data: Float64Array }).data),
        ),
      )
      expect(together).toEqual(apart)
    }
  },
)
