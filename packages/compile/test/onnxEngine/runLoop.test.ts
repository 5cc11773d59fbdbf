import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { key, NdArray, ndarray, UnsupportedError } from '@variate/core'
import {
  add,
  cast,
  div,
  drawNormal,
  drawUniform,
  equal,
  expandDims,
  gather,
  gammainc,
  less,
  matMul,
  mul,
  square,
  sub,
  sum,
  where,
} from '@variate/core/ops'
import { grad, runLoop, type Engine, type NonFiniteStateError, type Precision } from '../../src/index.ts'

let tensors: number
beforeEach(() => {
  tensors = tf.memory().numTensors
})
afterEach(() => {
  // oxlint-disable-next-line vitest/no-standalone-expect
  expect(tf.memory().numTensors, 'tensors left').toBe(tensors)
})

const PRECISIONS: readonly Precision[] = ['float32', 'float64']

const read = (x: tf.Tensor | NdArray): number[] => {
  if (!(x instanceof tf.Tensor)) return [...x.data]
  const data = [...x.dataSync()]
  x.dispose()
  return data
}

const near = (got: readonly number[], expected: readonly number[], tolerance: number): void => {
  expect(got).toHaveLength(expected.length)
  for (const [i, x] of got.entries())
    expect(Math.abs(x - expected[i]!)).toBeLessThanOrEqual(tolerance * (1 + Math.abs(expected[i]!)))
}

/** Stochastic gradient steps of a regression: batches are gathered, noise is drawn, and all kinds of tensors are carried. */
const data = {
  x: new NdArray(
    Float64Array.from({ length: 60 }, (_, i) => Math.sin(i * i)),
    [20, 3],
  ),
  y: new NdArray(
    Float64Array.from({ length: 20 }, (_, i) => Math.cos(3 * i)),
    [20],
  ),
}
interface Carried {
  readonly w: tf.Tensor
  readonly n: tf.Tensor
  readonly isOdd: tf.Tensor
}
interface Context {
  readonly key: tf.Tensor
  readonly index: tf.Tensor
  readonly inputs: { readonly x: tf.Tensor; readonly y: tf.Tensor }
  readonly each: tf.Tensor
}
const regression = ({ w, n, isOdd }: Carried, { key: own, index, inputs, each }: Context) => {
  const chosen = cast(mul(20, drawUniform(own, [5])), 'int32')
  const [x, y] = [gather(inputs.x, chosen), gather(inputs.y, chosen)]
  const loss = (v: tf.Tensor) => sum(square(sub(matMul(x, expandDims(v, 1)), expandDims(y, 1))))
  const slope = grad(loss)(w)
  const next = add(sub(w, mul(each, slope)), mul(0.01, drawNormal(own, [3])))
  return {
    state: { w: next, n: add(n, 1), isOdd: tf.logicalNot(isOdd) },
    outputs: { loss: loss(w), n, index, w: where(isOdd, next, 0) },
  }
}
const COUNT = 83
const start = () => ({
  w: Float64Array.of(1, 2, 3),
  n: ndarray(Int32Array.of(5), []),
  isOdd: tf.tensor1d([0, 1, 0], 'bool'),
})
const told = (engine: Engine, precision: Precision, more: object = {}, state = start()) => ({
  state,
  count: COUNT,
  random: key(7),
  inputs: data,
  each: Float64Array.from({ length: COUNT }, (_, i) => 0.05 / (1 + i)),
  collect: { every: 4 },
  engine,
  precision,
  ...more,
})
type Options = ReturnType<typeof told>
async function run(options: Options) {
  const result = await runLoop(regression as never, options as never)
  options.state.isOdd.dispose()
  const { state, outputs, termination, explanation } = result as never as {
    readonly state: Record<keyof Carried, tf.Tensor>
    readonly outputs: Record<string, tf.Tensor>
    readonly termination: object
    readonly explanation: {
      readonly engine: string
      readonly pieces: readonly object[]
      readonly called: readonly string[]
    }
  }
  const plain = (of: Record<string, tf.Tensor>): Record<string, number[]> =>
    Object.fromEntries(Object.entries(of).map(([name, x]) => [name, read(x)]))
  const shapes = Object.values(outputs).map(({ shape }) => shape)
  return { state: plain(state), outputs: plain(outputs), shapes, termination, explanation }
}

test.each(PRECISIONS)('steps give what they give in wasm (%s)', async (precision) => {
  const [onnx, wasm] = [await run(told('onnx', precision)), await run(told('wasm', precision))]
  const tolerance = precision === 'float64' ? 1e-11 : 1e-4
  for (const part of ['state', 'outputs'] as const) {
    for (const name of Object.keys(wasm[part])) near(onnx[part][name]!, wasm[part][name]!, tolerance)
  }
  expect(onnx.shapes).toEqual(wasm.shapes)
  expect(onnx.state['n']).toEqual([5 + COUNT])
  expect(onnx.explanation).toMatchObject({ engine: 'onnx', reason: 'asked for', called: [] })
  expect(onnx.explanation.pieces.at(-1)).toMatchObject({ kind: 'onnx' })
})

test('a run that is stopped and goes on gives the same bits as one that is not', async () => {
  const whole = await run(told('onnx', 'float32'))
  const stop = new AbortController()
  const reported: number[][] = []
  const onProgress = ({ step, outputs }: { step: number; outputs: { n: NdArray } }) => {
    reported.push([step, ...outputs.n.data])
    if (step >= 9) stop.abort()
  }
  const options = told('onnx', 'float32', { signal: stop.signal, onProgress })
  const result = (await runLoop(regression as never, options as never)) as never as {
    readonly state: Record<keyof Carried, tf.Tensor>
    readonly outputs: Record<string, tf.Tensor>
    readonly termination: { readonly kind: string; readonly step: number }
  }
  const { kind, step } = result.termination
  expect(kind).toBe('aborted')
  expect(step).toBeLessThan(COUNT)
  const done = read(result.outputs['n']!)
  expect(reported.flatMap(([, ...rows]) => rows)).toEqual(done)
  for (const name of ['loss', 'index', 'w']) result.outputs[name]!.dispose()
  const rest = await run(told('onnx', 'float32', { from: step }, result.state as never))
  for (const x of [result.state.w, result.state.n]) x.dispose()
  options.state.isOdd.dispose()
  expect(rest.state).toEqual(whole.state)
  expect([...done, ...rest.outputs['n']!]).toEqual(whole.outputs['n'])
})

test('a state that is not finite is found, with its step and the state before', async () => {
  const step = (x: tf.Tensor, { index }: { index: tf.Tensor }) => div(x, where(equal(index, 37), 0, 1))
  const error = (await runLoop(step, {
    state: Float32Array.of(2, 3),
    count: 100,
    finite: true,
    engine: 'onnx',
  }).catch((e: unknown) => e)) as NonFiniteStateError
  expect(error).toMatchObject({ name: 'NonFiniteStateError', step: 37, leaf: 'state' })
  expect(error.message).toBe('runLoop: state is not finite after step 37: got Infinity at [0]')
  expect([...(error.state as NdArray).data]).toEqual([2, 3])
})

test('no steps, and steps that read nothing that they are given', async () => {
  const none = await runLoop((x) => mul(x, 2), { state: Float32Array.of(1), count: 0, engine: 'onnx' })
  expect(read(none.state)).toEqual([1])
  const { state } = await runLoop((x) => mul(x, 2), { state: Float32Array.of(1), count: 10, engine: 'onnx' })
  expect(read(state)).toEqual([1024])
})

test('what a step only passes on, or gives again and again, is what it is', async () => {
  const step = ({ a, b }: { a: tf.Tensor; b: tf.Tensor }, { key: own }: { key: tf.Tensor }) => ({
    state: { a: b, b: a },
    outputs: { a, constant: tf.ones([2]), noise: drawNormal(own, [1]) },
  })
  const options = {
    state: { a: 1, b: 2 },
    count: 3,
    random: key(1),
    collect: { every: 1 },
    precision: 'float64',
  } as const
  const [onnx, wasm] = await Promise.all([
    runLoop(step, { ...options, engine: 'onnx' }),
    runLoop(step, { ...options, engine: 'wasm' }),
  ])
  expect(onnx.state).toEqual(wasm.state)
  expect(onnx.outputs).toEqual(wasm.outputs)
  const noise = await runLoop((_x: tf.Tensor, { key: own }) => drawNormal(own, []), {
    ...options,
    collect: undefined,
    state: 0,
    engine: 'onnx',
  })
  expect(noise.state.at()).toBe(wasm.outputs.noise.at(2, 0))
})

test('operations on the state that ONNX lacks are named by engine onnx, and auto leaves them to wasm', async () => {
  const lacking = (x: tf.Tensor) => gammainc(x, 1.5)
  const run = runLoop(lacking, { state: Float32Array.of(1), count: 3, engine: 'onnx' })
  await expect(run).rejects.toThrow(UnsupportedError)
  await expect(run).rejects.toThrow(
    /steps compute of the state what ONNX lacks: gammainc \(.*\): use engine 'wasm', or 'auto'/,
  )
  const large = ({ x, y }: { x: tf.Tensor; y: tf.Tensor }) => ({ x: matMul(x, x), y: lacking(y) })
  const { explanation, state } = await runLoop(large, {
    state: { x: new NdArray(new Float32Array(600 * 600), [600, 600]), y: Float32Array.of(1) },
    count: 100_000,
    signal: AbortSignal.abort(),
  })
  expect(explanation.engine).toBe('wasm')
  expect(explanation.reason).toMatch(
    /in onnx, and runLoop: with engine 'onnx', steps compute of the state what ONNX lacks/,
  )
  for (const x of Object.values(state)) x.dispose()
})

test('with reproducible, float64 or a worker auto is wasm, and onnx is refused where it cannot be', async () => {
  const large = (x: tf.Tensor) => matMul(x, x)
  const state = new NdArray(new Float32Array(600 * 600), [600, 600])
  const options = { state, count: 100_000, signal: AbortSignal.abort() }
  const engineOf = async (more: object) => {
    const { explanation, state: end } = await runLoop(large, { ...options, ...more })
    if (end instanceof tf.Tensor) end.dispose()
    return explanation.engine
  }
  expect(await engineOf({})).toBe('onnx')
  expect(await engineOf({ reproducible: true })).toBe('wasm')
  expect(await engineOf({ precision: 'float64' })).toBe('wasm')
  expect(await engineOf({ worker: true })).toBe('wasm')
  await expect(engineOf({ reproducible: true, engine: 'onnx' })).rejects.toThrow(
    'reproducible is for the wasm engine',
  )
  await expect(engineOf({ worker: true, engine: 'onnx' })).rejects.toThrow('threads of its own')
})

test('a step compares, and what it is given is not written to', async () => {
  const x = Float32Array.of(3, 1)
  const { state } = await runLoop((s, { each }) => where(less(s, each), each, s), {
    state: x,
    each: new NdArray(Float32Array.of(1, 2, 5, 0), [2, 2]),
    count: 2,
    engine: 'onnx',
  })
  expect(read(state)).toEqual([5, 2])
  expect([...x]).toEqual([3, 1])
})

test('a run ends by an output, in the midst of steps that are gone at once', async () => {
  const step = (x: tf.Tensor) => {
    const next = mul(2, x)
    return { state: next, outputs: { next, end: equal(next, 2 ** 20) } }
  }
  const { state, outputs, termination } = await runLoop(step, {
    state: 1,
    count: 100,
    collect: { every: 1 },
    until: 'end',
    engine: 'onnx',
  })
  expect(termination).toMatchObject({ kind: 'ended' })
  expect(read(state)).toEqual([2 ** 20])
  expect(read(outputs.next)).toEqual(Array.from({ length: 20 }, (_, i) => 2 ** (i + 1)))
  outputs.end.dispose()
})

test('what is drawn before on several threads is what one draws', async () => {
  const shape = [256, 400]
  const run = (options: object) =>
    runLoop(
      (x: tf.Tensor, { key: own }: { readonly key: tf.Tensor }) => ({
        state: add(mul(0.5, x), sum(drawUniform(own, shape), 1)),
        outputs: sum(square(drawNormal(own, shape))),
      }),
      {
        state: new NdArray(new Float32Array(shape[0]!), [shape[0]!]),
        count: 3,
        random: key(5),
        collect: { every: 1 },
        ...options,
      },
    )
  const results = []
  for (const threads of [1, 2]) {
    const { state, outputs } = await run({ engine: 'onnx', onnx: { threads } })
    results.push([...read(state), ...read(outputs)])
  }
  expect(results[1]).toEqual(results[0])
  const { state, outputs } = await run({ engine: 'wasm' })
  near(results[0]!, [...read(state), ...read(outputs)], 1e-5)
})
