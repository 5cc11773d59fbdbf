import '@tensorflow/tfjs-backend-cpu'
import type * as tf from '@tensorflow/tfjs-core'
import { afterEach, expect, test, vi } from 'vitest'
import { UnsupportedError } from '@variate/core'
import { matMul, sum } from '@variate/core/ops'

/** Modules as they are when a program starts, in which these runtimes are as they are told. */
async function fresh(node: () => unknown, web: () => unknown = node) {
  vi.resetModules()
  vi.doMock('onnxruntime-node', node as never)
  vi.doMock('onnxruntime-web', web as never)
  const [{ compile, runLoop }, tfjs] = await Promise.all([
    import('../../src/index.ts'),
    import('@tensorflow/tfjs-core'),
    import('@tensorflow/tfjs-backend-cpu'),
  ])
  await tfjs.setBackend('cpu')
  return { compile, runLoop }
}

afterEach(() => {
  vi.restoreAllMocks()
  vi.doUnmock('onnxruntime-node')
  vi.doUnmock('onnxruntime-web')
})

const missing = (): never => {
  throw Object.assign(new Error("Cannot find package 'onnxruntime-node' imported from here"), {
    code: 'ERR_MODULE_NOT_FOUND',
  })
}
const broken = (): never => {
  throw new Error('libonnxruntime.so.1: cannot open shared object file\nmore')
}
const withoutBinary = (): never => {
  throw Object.assign(new Error("Cannot find module '../bin/napi-v6/sunos/sparc/onnxruntime_binding.node'"), {
    code: 'MODULE_NOT_FOUND',
  })
}
const ofOldInterface = () => ({ ...ofVersion('')(), env: {} })
const ofVersion = (version: string) => () => ({
  InferenceSession: { create: () => Promise.reject(new Error('not reached')) },
  Tensor: Array,
  env: { versions: { common: version } },
})

const total = (x: tf.Tensor) => sum(x)
const one = Float32Array.of(1, 2)

test.each([
  ['is not installed', missing, 'onnxruntime-node is not installed: npm install onnxruntime-node'],
  ['does not load', broken, 'does not load'],
  ['has nothing for the platform', withoutBinary, 'onnxruntime-node is installed but does not load'],
  ['is so old that it has no version', ofOldInterface, 'version before 1.17 is installed'],
  ['is of another major version', ofVersion('2.0.0'), 'version 2.0.0 is installed'],
  ['is too old', ofVersion('1.10.0'), 'npm install onnxruntime-node@1'],
])('engine onnx says what to install where ONNX Runtime %s', async (_, runtime, message) => {
  const { compile, runLoop } = await fresh(runtime)
  await expect(compile(total, { engine: 'onnx' })(one)).rejects.toThrow(message)
  await expect(compile(total, { engine: 'onnx' })(one)).rejects.toThrow(/or use engine 'wasm'/)
  await expect(runLoop((x) => x, { state: one, count: 3, engine: 'onnx' })).rejects.toThrow(message)
  const error: unknown = await compile(total, { engine: 'onnx' })(one).catch((e: unknown) => e)
  expect(error).toHaveProperty('name', UnsupportedError.name)
})

test('auto falls back to wasm, and says once what installing ONNX Runtime would give', async () => {
  const { runLoop } = await fresh(missing)
  const info = vi.spyOn(console, 'info').mockImplementation(() => {})
  const large = (x: tf.Tensor) => matMul(x, x)
  const state = { data: new Float32Array(600 * 600), shape: [600, 600] }
  const { ndarray } = await import('@variate/core')
  const run = () =>
    runLoop(large, {
      state: ndarray(state.data, state.shape),
      count: 100_000,
      signal: AbortSignal.abort(),
    })
  const { explanation } = await run()
  expect(explanation.engine).toBe('wasm')
  expect(explanation.reason).toContain('onnxruntime-node is not installed')
  expect(explanation.estimates!.onnx.total).toBeLessThan(explanation.estimates!.wasm.total)
  await run()
  expect(info).toHaveBeenCalledTimes(1)
  expect(info.mock.calls[0]![0]).toMatch(
    /npm install onnxruntime-node\) this program would be an estimated \d+(\.\d)? times as fast/,
  )
})

test('auto says nothing where ONNX Runtime would give nothing', async () => {
  const { compile, runLoop } = await fresh(missing)
  const info = vi.spyOn(console, 'info').mockImplementation(() => {})
  const { explanation } = await runLoop((x) => x, { state: one, count: 1000 })
  expect(explanation.engine).toBe('wasm')
  const compiled = compile(total, { engine: 'auto' })
  expect((await compiled(one)).arraySync()).toBe(3)
  expect(compiled.explain()).toMatchObject({ engine: 'wasm', estimates: {} })
  expect(info).not.toHaveBeenCalled()
})

/** A runtime whose sessions fail so, when they are made or when they run. */
const failing = (error: Error, at: 'create' | 'run') => () => {
  const fail = async (): Promise<never> => {
    throw error
  }
  const session = { run: fail, release: async () => {} }
  const create = at === 'create' ? fail : async () => session
  return { Tensor: Array, env: { versions: { common: '1.30.0' } }, InferenceSession: { create } }
}
const noMemory = new Error(
  'std::bad_alloc: Failed to allocate memory for requested buffer of size 4000000000',
)

test.each([
  ['create', noMemory, 'make a session of onnxruntime-node (std::bad_alloc'],
  ['run', noMemory, 'ONNX Runtime cannot run (std::bad_alloc'],
  [
    'run',
    new RangeError('Invalid typed array length: 99999999999'),
    'ONNX Runtime cannot run (Invalid typed array',
  ],
] as const)(
  'where a session has not the memory, an error says what to do (%s)',
  async (at, error, message) => {
    const { compile, runLoop } = await fresh(failing(error, at))
    const runs = [
      compile(total, { engine: 'onnx' })(one),
      runLoop((x) => x, { state: one, count: 3, engine: 'onnx' }),
    ]
    for (const run of runs) {
      await expect(run).rejects.toThrow(message)
      await expect(run).rejects.toThrow(
        "make tensors or batches smaller, collect less often, or use engine 'wasm'",
      )
    }
  },
)

test('where execution providers that are asked for are not there, an error says to leave them out', async () => {
  const { compile } = await fresh(failing(new Error('no available backend found'), 'create'))
  const f = compile(total, { engine: 'onnx', onnx: { executionProviders: ['webnn'] } })
  await expect(f(one)).rejects.toThrow(
    'make a session of onnxruntime-node with executionProviders ["webnn"] (no available backend found): leave executionProviders out',
  )
})

test('what else a session throws is told', async () => {
  const { compile } = await fresh(failing(new Error('Unrecognized operator: Nothing\nmore'), 'create'))
  await expect(compile(total, { engine: 'onnx' })(one)).rejects.toThrow(
    "onnx: ONNX Runtime cannot make a session of onnxruntime-node (Unrecognized operator: Nothing): use engine 'wasm', and tell us of it",
  )
})

test('auto is wasm where a session cannot be made, and says so in its reason alone', async () => {
  const { runLoop } = await fresh(failing(noMemory, 'create'))
  const info = vi.spyOn(console, 'info').mockImplementation(() => {})
  const { ndarray } = await import('@variate/core')
  const { explanation } = await runLoop((x: tf.Tensor) => matMul(x, x), {
    state: ndarray(new Float32Array(600 * 600), [600, 600]),
    count: 100_000,
    signal: AbortSignal.abort(),
  })
  expect(explanation).toMatchObject({ engine: 'wasm' })
  expect(explanation.reason).toContain('there is not the memory')
  expect(info).not.toHaveBeenCalled()
})

test('in Node onnxruntime-web will do where onnxruntime-node is missing', async () => {
  const { compile } = await fresh(missing, failing(noMemory, 'create'))
  await expect(compile(total, { engine: 'onnx' })(one)).rejects.toThrow('make a session of onnxruntime-web')
})

test('a runtime that did not load is tried again', async () => {
  let isThere = false
  const load = () => (isThere ? ofVersion('1.30.0')() : broken())
  const { compile } = await fresh(load)
  const f = compile(total, { engine: 'onnx' })
  await expect(f(one)).rejects.toThrow('does not load')
  isThere = true
  await expect(f(one)).rejects.toThrow('not reached')
})
