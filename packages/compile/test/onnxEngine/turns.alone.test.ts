import '@tensorflow/tfjs-backend-cpu'
import type * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { mul } from '@variate/core/ops'
import { compile } from '../../src/index.ts'

// `onnxruntime-web`, whose sessions have one module.

const seen: string[] = vi.hoisted(() => [])
const wasm: { numThreads?: number } = vi.hoisted(() => ({}))

vi.mock('onnxruntime-node', () => {
  throw Object.assign(new Error("Cannot find package 'onnxruntime-node'"), { code: 'ERR_MODULE_NOT_FOUND' })
})
vi.mock('onnxruntime-web', () => {
  let [made, current] = [0, '']
  const underWay = async <T>(what: string, result: T): Promise<T> => {
    if (current !== '') throw new Error(`${what} while ${current} is under way`)
    current = what
    seen.push(what)
    await new Promise((resolve) => setTimeout(resolve, 2))
    current = ''
    return result
  }
  const create = () => {
    const id = made++
    return underWay(`create ${id}`, {
      run: () => underWay(`run ${id}`, { output_0: { data: Float64Array.of(1, 2) } }),
      release: () => underWay(`release ${id}`, undefined),
    })
  }
  return {
    Tensor: Array,
    env: { versions: { common: '1.30.0' }, wasm },
    InferenceSession: { create },
  }
})

const x = Float64Array.of(0.5, 1)
beforeEach(() => {
  seen.length = 0
})
afterEach(() => vi.unstubAllGlobals())

test('of all sessions in a browser one is under way at a time', async () => {
  const used = async (): Promise<void> => {
    const f = compile((y: tf.Tensor) => mul(y, 2), { engine: 'onnx', precision: 'float64' })
    const both = await Promise.all([f(x), f(x)])
    expect(both.map(({ data }) => [...data])).toEqual([
      [1, 2],
      [1, 2],
    ])
    await f.dispose()
  }
  await Promise.all([used(), used()])
  expect(seen.toSorted()).toEqual(
    [0, 1].flatMap((id) => [`create ${id}`, `release ${id}`, `run ${id}`, `run ${id}`]).toSorted(),
  )
})

test('a page that is not isolated, which has one thread, is not told of more', async () => {
  const f = compile((y: tf.Tensor) => mul(y, 2), {
    engine: 'onnx',
    precision: 'float64',
    onnx: { threads: 2 },
  })
  vi.stubGlobal('crossOriginIsolated', false)
  await f(x)
  expect(wasm).toEqual({})
  await f.dispose()
  vi.stubGlobal('crossOriginIsolated', true)
  await f(x)
  expect(wasm).toEqual({ numThreads: 2 })
  await f.dispose()
})
