import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DomainError, key, NdArray, ndarray, NumericalError, UnsupportedError } from '@variate/core'
import { add, cholesky, drawNormal, exp, gammainc, gather, matMul, mul, reshape } from '@variate/core/ops'
import { compile, loop, runLoop, type NonFiniteStateError } from '../../src/index.ts'

let tensors: number
beforeEach(() => {
  tensors = tf.memory().numTensors
})
afterEach(() => {
  // oxlint-disable-next-line vitest/no-standalone-expect
  expect(tf.memory().numTensors, 'tensors left').toBe(tensors)
})

const x = Float64Array.of(1, 2)
const read = (y: tf.Tensor): number[] => {
  const data = [...y.dataSync()]
  y.dispose()
  return data
}

test('a program of which nothing is left for ONNX Runtime runs without it, and says so', async () => {
  const programs = {
    same: (y: tf.Tensor) => ({ y }),
    constant: () => ({ y: tf.tensor1d([3, 4]) }),
    drawn: () => ({ y: drawNormal(key(3), [2]) }),
    nothing: () => ({}) as { y?: tf.Tensor },
  }
  for (const [name, f] of Object.entries(programs)) {
    const onnx = compile(f as (y: tf.Tensor) => { y?: tf.Tensor }, { engine: 'onnx', precision: 'float64' })
    expect(await onnx(x), name).toEqual(compile(f as typeof programs.same, { precision: 'float64' })(x))
    expect(onnx.explain()).toMatchObject({
      engine: 'wasm',
      reason: 'asked for: nothing is left for ONNX Runtime',
    })
    await onnx.dispose()
  }
})

test('each result is of its own memory, also if it is another one or an argument', async () => {
  const f = (y: tf.Tensor, n: tf.Tensor) => {
    const z = exp(y)
    return [z, z, y, y, n, n] as const
  }
  const onnx = compile(f, { engine: 'onnx', precision: 'float64' })
  const n = tf.tensor1d([5, 6], 'int32')
  const results = await onnx(x, n)
  const buffers = [n.dataSync(), x, ...results.map(({ data }) => data)].map(({ buffer }) => buffer)
  expect(new Set(buffers).size).toBe(8)
  results[4].data.fill(0)
  expect(read(n)).toEqual([5, 6])
  await onnx.dispose()
})

test('an index out of bounds is a DomainError, as in wasm', async () => {
  const one = compile((y: tf.Tensor, i: tf.Tensor) => gather(exp(y), i), { engine: 'onnx' })
  const run = runLoop((y: tf.Tensor, { index }) => add(y, gather(exp(y), reshape(index, [1]))), {
    state: x,
    count: 5,
    engine: 'onnx',
  })
  for (const result of [one(x, Int32Array.of(7)), run]) {
    await expect(result).rejects.toThrow(DomainError)
    await expect(result).rejects.toThrow(/an index is out of bounds.*engine 'wasm' names the operation/)
  }
  expect(read(await one(x, Int32Array.of(0)))).toEqual([Math.fround(Math.E)])
  await one.dispose()
})

const indefinite = ndarray(Float64Array.of(1, 2, 2, 1), [2, 2])

test('a program throws for a matrix that is not positive definite, as in wasm', async () => {
  const onnx = compile((a: tf.Tensor) => mul(2, cholesky(mul(a, 1))), { engine: 'onnx' })
  await expect(onnx(indefinite as never)).rejects.toThrow(NumericalError)
  expect(read(await onnx(ndarray(Float64Array.of(4, 2, 2, 5), [2, 2]) as never))).toEqual([4, 0, 2, 4])
  expect(onnx.explain().engine).toBe('onnx')
  await onnx.dispose()
})

test('steps that may fail auto leaves to wasm, but where NaN is looked for', async () => {
  const step = ({ a, large }: { a: tf.Tensor; large: tf.Tensor }) => ({
    a: cholesky(a),
    large: matMul(large, large),
  })
  const state = { a: indefinite, large: ndarray(new Float32Array(600 ** 2), [600, 600]) }
  const explained = async (finite: boolean) => {
    const run = await runLoop(step, { state, count: 1e5, finite, signal: AbortSignal.abort() })
    for (const y of Object.values(run.state)) y.dispose()
    return run.explanation
  }
  const { engine, reason } = await explained(false)
  expect(engine).toBe('wasm')
  expect(reason).toContain('cholesky (it throws for some matrices, for which ONNX gives NaN)')
  expect(await explained(true)).toMatchObject({ engine: 'onnx' })
  const options = { state: indefinite, count: 4, engine: 'onnx', precision: 'float64' } as const
  const { state: end } = await runLoop(cholesky, options)
  expect(end.at(1, 1)).toBeNaN()
  const error: unknown = await runLoop(cholesky, { ...options, finite: true }).catch((e: unknown) => e)
  expect((error as NonFiniteStateError).message).toContain(
    'state is not finite after step 0: got NaN at [1,1]',
  )
})

test('a loop within a program that ONNX lacks a step of is for wasm, and refused where steps have it', async () => {
  const twice = (y: tf.Tensor) => loop((s: tf.Tensor) => gammainc(s, 1.5), { state: y, count: 2 }).state
  const f = (y: tf.Tensor) => mul(2, twice(y))
  const onnx = compile(f, { engine: 'onnx', precision: 'float64' })
  expect((await onnx(x)).data).toEqual(compile(f, { precision: 'float64' })(x).data)
  await onnx.dispose()
  await expect(runLoop(twice, { state: x, count: 2, engine: 'onnx' })).rejects.toThrow(
    /steps compute of the state what ONNX lacks: loop \(its steps have gammainc: .*\): use engine 'wasm'/,
  )
})

test('what is collected that no memory holds is refused, and says what to do', async () => {
  const step = (y: tf.Tensor) => ({ state: y, outputs: matMul(y, y) })
  const run = runLoop(step, {
    state: new NdArray(new Float32Array(1e6), [1000, 1000]),
    count: 1e5,
    collect: { every: 1 },
    engine: 'onnx',
  })
  await expect(run).rejects.toThrow(UnsupportedError)
  await expect(run).rejects.toThrow('collect less often')
})

test('tensors of no elements, and steps that carry nothing, run', async () => {
  const f = compile((y: tf.Tensor) => matMul(y, tf.transpose(y)), { engine: 'onnx' })
  expect(read(await f(ndarray(new Float32Array(0), [2, 0]) as never))).toEqual([0, 0, 0, 0])
  await f.dispose()
  const { state } = await runLoop((y) => mul(y, 2), { state: new Float32Array(0), count: 3, engine: 'onnx' })
  expect(read(state)).toEqual([])
  const { outputs } = await runLoop((_, { index }) => ({ state: {}, outputs: mul(index, 2) }), {
    state: {},
    count: 3,
    collect: { every: 1 },
    engine: 'onnx',
  })
  expect(read(outputs)).toEqual([0, 2, 4])
})

const refused: readonly (readonly [object, string])[] = [
  [{ engine: 'gpu' }, 'engine must be one of auto, wasm, eager, onnx, got "gpu"'],
  [{ engine: null }, 'engine must be one of auto, wasm, eager, onnx, got null'],
  [{ onnx: 4 }, 'onnx must be a record of options, got 4'],
  ...[0, 1.5, -1, Number.NaN, 1000, '2'].map(
    (threads) =>
      [{ onnx: { threads } }, 'onnx.threads must be a whole number from 1 to 64, got'] as [object, string],
  ),
  ...['cpu', [''], [{ name: 'cpu' }]].map(
    (executionProviders) =>
      [
        { onnx: { executionProviders } },
        "onnx.executionProviders must be a list of names, such as ['cpu'], got",
      ] as [object, string],
  ),
]

test.each(refused)('an option that is none is refused: %o', async (options, message) => {
  expect(() => compile((y: tf.Tensor) => y, { engine: 'onnx', ...options })).toThrow(DomainError)
  expect(() => compile((y: tf.Tensor) => y, { engine: 'onnx', ...options })).toThrow(`compile: ${message}`)
  const run = runLoop((y) => y, { state: x, count: 1, engine: 'onnx', ...options })
  await expect(run).rejects.toThrow(`runLoop: ${message}`)
})
