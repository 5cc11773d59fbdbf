import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, expect, test, vi } from 'vitest'
import { UnsupportedError } from '@variate/core'
import { compile, fromBytes, runLoop } from '../../src/index.ts'

afterEach(() => void vi.unstubAllGlobals())

// What engines throw where addresses or pages run out.
function withoutMemory(): void {
  const { Module, Instance, validate, CompileError } = WebAssembly
  const Memory = vi.fn<() => never>(function () {
    throw new RangeError('WebAssembly.Memory(): could not allocate memory')
  })
  vi.stubGlobal('WebAssembly', { Module, Instance, validate, CompileError, Memory })
}

test('memory that cannot be had is told of, wherever a program asks for it, and may be had later', async () => {
  const double = (x: tf.Tensor) => tf.mul(x, 2)
  const compiled = compile(double, { precision: 'float64' })
  const x = new Float64Array(100_000).fill(3)
  const bytes = compiled.toBytes(x)
  withoutMemory()
  const message = 'MiB of memory for a program cannot be had: make its tensors smaller'
  const others = compile(double, { precision: 'float64' })
  expect(() => others(x)).toThrow(UnsupportedError)
  expect(() => others(x)).toThrow(message)
  expect(() => fromBytes<typeof compiled>(bytes)).toThrow(message)
  await expect(runLoop(double, { state: x, count: 2 })).rejects.toThrow(message)
  vi.unstubAllGlobals()
  expect(others(x).data[99_999]).toBe(6)
})
