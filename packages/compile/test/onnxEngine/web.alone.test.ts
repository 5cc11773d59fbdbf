import '@tensorflow/tfjs-backend-cpu'
import type * as tf from '@tensorflow/tfjs-core'
import { expect, test, vi } from 'vitest'
import { DomainError, key, ndarray, UnsupportedError } from '@variate/core'
import { add, drawNormal, exp, gather, matMul, mul, reshape, tanh } from '@variate/core/ops'
import { compile, runLoop } from '../../src/index.ts'

// `onnxruntime-web` itself, as Node has it where there is no `onnxruntime-node`.

vi.mock('onnxruntime-node', () => {
  throw Object.assign(new Error("Cannot find package 'onnxruntime-node'"), { code: 'ERR_MODULE_NOT_FOUND' })
})

const precision = 'float64'

test('programs give what they give in wasm, also several at once', async () => {
  const f = (x: tf.Tensor) => tanh(matMul(x, x))
  const x = ndarray(Float64Array.of(1, -2, 0.3, 0.4), [2, 2])
  const onnx = compile(f, { engine: 'onnx', precision })
  const expected = compile(f, { precision })(x as never)
  for (const got of await Promise.all([onnx(x as never), onnx(x as never)]))
    for (const [i, y] of got.data.entries()) expect(y).toBeCloseTo(expected.data[i]!, 14)
  expect(onnx.explain().engine).toBe('onnx')
  await onnx.dispose()
})

test('steps give what they give in wasm, also of several runs at once', async () => {
  const run = (engine: 'onnx' | 'wasm') =>
    runLoop((x: tf.Tensor, { key: own }) => add(mul(0.9, tanh(x)), drawNormal(own, [4])), {
      state: new Float64Array(4),
      count: 50,
      random: key(2),
      precision,
      engine,
    })
  const [first, second, wasm] = await Promise.all([run('onnx'), run('onnx'), run('wasm')])
  expect(second.state).toEqual(first.state)
  for (const [i, y] of first.state.data.entries()) expect(y).toBeCloseTo(wasm.state.data[i]!, 13)
})

test('errors are those of onnxruntime-node', async () => {
  const f = compile((x: tf.Tensor, i: tf.Tensor) => gather(exp(x), i), { engine: 'onnx', precision })
  await expect(f(Float64Array.of(1, 2), Int32Array.of(7))).rejects.toThrow(DomainError)
  await f.dispose()
  const large = compile((x: tf.Tensor) => matMul(reshape(x, [-1, 1]), reshape(x, [1, -1])), {
    engine: 'onnx',
    precision,
  })
  const run = large(new Float64Array(40_000))
  await expect(run).rejects.toThrow(UnsupportedError)
  await expect(run).rejects.toThrow('there is not the memory')
  await large.dispose()
})
