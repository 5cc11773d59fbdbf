import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { compile } from '../src/index.ts'

test('locals are used again, so that many elements need no more of them than one', () => {
  const sizes = [1, 400].map((n) => {
    const f = compile((x: tf.Tensor) => tf.softplus(x), { engine: 'wasm', precision: 'float64' })
    const x = Float64Array.from({ length: n }, (_, i) => i / n - 0.5)
    const { data } = f(x)
    const far = Array.from(x, (at, i) => Math.abs(data[i]! - Math.log1p(Math.exp(at))))
    expect(Math.max(...far)).toBeLessThan(4e-16)
    return f.explain().codeBytes
  })
  // The first has the same code but shorter addresses and a header of about 100 bytes.
  expect(sizes[1]! / 400).toBeLessThan(sizes[0]! + 10)
})
