import '@tensorflow/tfjs-backend-cpu'
import type * as tf from '@tensorflow/tfjs-core'
import type * as ort from 'onnxruntime-node'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { beforeEach, expect, test, vi } from 'vitest'
import { ndarray } from '@variate/core'
import { add, exp, gather, matMul, mul, reshape } from '@variate/core/ops'
import { compile, runLoop } from '../../src/index.ts'

// ONNX Runtime, with a count of its sessions.

const count = vi.hoisted(() => ({ made: 0, released: 0 }))

vi.mock('onnxruntime-node', async (original) => {
  const runtime = await original<typeof ort>()
  const create = async (...args: Parameters<typeof runtime.InferenceSession.create>) => {
    const session = await runtime.InferenceSession.create(...args)
    count.made++
    return {
      run: (feeds: ort.InferenceSession.FeedsType) => session.run(feeds),
      release: async () => {
        count.released++
        await session.release()
      },
    }
  }
  return { env: runtime.env, Tensor: runtime.Tensor, InferenceSession: { create } }
})

beforeEach(() => {
  count.made = 0
  count.released = 0
})

const x = Float32Array.of(1, 2)
const double = (y: tf.Tensor) => mul(2, y)

test('a run releases its session, however it ends', async () => {
  const abort = new AbortController()
  const runs = [
    () => runLoop(double, { state: x, count: 3, engine: 'onnx' }),
    () => runLoop(double, { state: x, count: 3, engine: 'onnx', signal: AbortSignal.abort() }),
    () =>
      runLoop(double, {
        state: x,
        count: 1e7,
        engine: 'onnx',
        signal: abort.signal,
        onProgress: () => abort.abort(),
      }),
    () => runLoop((y) => mul(1e30, y), { state: x, count: 5, engine: 'onnx', finite: true }),
    () =>
      runLoop((y, { index }) => add(y, gather(y, reshape(index, [1]))), {
        state: x,
        count: 5,
        engine: 'onnx',
      }),
    () =>
      runLoop(double, {
        state: x,
        count: 9,
        engine: 'onnx',
        onProgress: () => {
          throw new Error('enough')
        },
      }),
    () =>
      runLoop((y: tf.Tensor) => ({ state: y, outputs: matMul(y, y) }), {
        state: ndarray(new Float32Array(1e6), [1000, 1000]),
        count: 1e6,
        collect: { every: 1 },
        engine: 'onnx',
      }),
  ]
  for (const [i, run] of runs.entries()) {
    await run().catch(() => {})
    expect(count, `run ${i}`).toEqual({ made: i + 1, released: i + 1 })
  }
})

test('options that are wrong make no session that nobody waits for', async () => {
  const run = runLoop((y: tf.Tensor) => ({ state: mul(2, y), outputs: { y } }), {
    state: x,
    count: 3,
    collect: { every: 1 },
    until: 'z' as never,
    engine: 'onnx',
  })
  await expect(run).rejects.toThrow('until is "z"')
  // Sessions of other programs are made after those that were asked for before.
  const f = compile(double, { engine: 'onnx', precision: 'float64' })
  await f(x)
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(count).toEqual({ made: 1, released: 0 })
  await f.dispose()
  expect(count).toEqual({ made: 1, released: 1 })
})

test('a function that nobody has any more releases its sessions', async () => {
  const called = async (): Promise<void> => {
    const f = compile((y: tf.Tensor) => exp(y), { engine: 'onnx', precision: 'float64' })
    await f(x)
    await f(Float32Array.of(1))
  }
  await called()
  expect(count).toEqual({ made: 2, released: 0 })
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  for (let again = 0; again < 100 && count.released < 2; again++) {
    gc()
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  expect(count).toEqual({ made: 2, released: 2 })
})
