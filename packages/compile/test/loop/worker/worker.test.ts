import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { key, ndarray, NumericalError, UnsupportedError, type NdArray } from '@variate/core'
import { add, cholesky, drawNormal, exp, gather, matMul, mul, sub, where } from '@variate/core/ops'
import { runLoop, type NonFiniteStateError, type Precision } from '../../../src/index.ts'
import { doubled } from '../../inJavaScript.ts'
import { plain } from '../../bytes/plain.ts'

// What a run gives in a worker is what it gives without, which other tests hold to what is right.

let tensors: number
beforeEach(() => {
  tensors = tf.memory().numTensors
})
afterEach(() => {
  // oxlint-disable-next-line vitest/no-standalone-expect
  expect(tf.memory().numTensors, 'tensors left').toBe(tensors)
})

interface State {
  readonly x: tf.Tensor
  readonly n: tf.Tensor
  readonly isLarge: tf.Tensor
}

interface Context {
  readonly key: tf.Tensor
  readonly each: tf.Tensor
  readonly index: tf.Tensor
  readonly inputs: { readonly a: tf.Tensor }
}

/** Reads all that a step is given, and carries all types. */
const step = ({ x, isLarge }: State, { key: own, each, index, inputs }: Context) => {
  const next = add(mul(inputs.a, where(isLarge, mul(0.5, x), x)), add(each, drawNormal(own, [4])))
  const state = { x: next, n: index, isLarge: tf.greater(next, 2) }
  return { state, outputs: { exp: exp(next), isLarge: state.isLarge, index } }
}

const count = 400
const given = (precision: Precision) => ({
  state: {
    x: Float64Array.of(1, 2, 3, 4),
    n: ndarray(Int32Array.of(-1), []),
    isLarge: tf.tensor1d([true, false, true, true]),
  },
  inputs: { a: Float32Array.of(0.9).subarray(0) },
  each: Float64Array.from({ length: count }, (_, i) => Math.sin(i)),
  random: key(4),
  collect: { every: 3 },
  count,
  precision,
})

const OPTIONS = {
  float32: { precision: 'float32' },
  float64: { precision: 'float64' },
  'float64, where last bits are free': { precision: 'float64', fastMath: true },
  'float64, the same everywhere': { precision: 'float64', reproducible: true },
} as const

describe.each(Object.entries(OPTIONS))('in %s', (_, options) => {
  test('a run in a worker gives the same bits, and the same progress', async () => {
    const told = given(options.precision)
    const runs = []
    for (const worker of [false, true]) {
      const rows: unknown[] = []
      const steps: number[] = []
      const run = await runLoop(step, {
        ...told,
        ...options,
        worker,
        finite: true,
        onProgress: async ({ step: done, count: all, outputs }) => {
          expect(all).toBe(count)
          steps.push(done)
          rows.push(...outputs.exp.data)
          expect(outputs.isLarge.data).toBeInstanceOf(Uint8Array)
          expect(outputs.exp.shape).toEqual([outputs.index.shape[0], 4])
          await Promise.resolve()
        },
      })
      expect(run.termination).toEqual({ kind: 'limit' })
      expect(run.explanation.engine).toBe('wasm')
      expect(steps.length).toBeGreaterThan(1)
      expect(steps.at(-1)).toBe(count)
      runs.push({ rows, state: plain(run.state), outputs: plain(run.outputs) })
    }
    told.state.isLarge.dispose()
    expect(runs[1]).toEqual(runs[0])
  })
})

test('several runs at once give what they give one after the other', async () => {
  const walk = (x: tf.Tensor, { key: own }: { key: tf.Tensor }) => add(mul(0.9, x), drawNormal(own, [20]))
  const run = (seed: number, worker: boolean) =>
    runLoop(walk, {
      state: new Float64Array(20),
      count: 2000 + seed,
      random: key(seed),
      precision: 'float64',
      worker,
    })
  const seeds = [1, 2, 3, 4]
  const atOnce = await Promise.all(seeds.map((seed) => run(seed, true)))
  for (const [i, seed] of seeds.entries()) {
    expect(atOnce[i]!.state.data).toEqual((await run(seed, true)).state.data)
    expect(atOnce[i]!.state.data).toEqual((await run(seed, false)).state.data)
  }
})

test('arrays that are given stay the caller’s, and may change meanwhile', async () => {
  const buffer = Float64Array.of(9, 1, 2, 9)
  const state = buffer.subarray(1, 3)
  const run = runLoop((x: tf.Tensor) => add(x, 1), { state, count: 10, precision: 'float64', worker: true })
  state.fill(100)
  expect((await run).state.data).toEqual(Float64Array.of(11, 12))
  expect(buffer).toEqual(Float64Array.of(9, 100, 100, 9))
})

describe('a signal', () => {
  const walk = (x: tf.Tensor, { key: own }: { key: tf.Tensor }) => {
    const next = add(mul(0.9, x), drawNormal(own, [3]))
    return { state: next, outputs: next }
  }
  const told = { random: key(8), collect: { every: 5 }, precision: 'float64', count: 303 } as const
  const state = Float64Array.of(0, 0, 0)

  test('ends a run, which goes on as if it had not been ended', async () => {
    const whole = await runLoop(walk, { ...told, state })
    const stop = new AbortController()
    let at = 0
    const first = await runLoop(walk, {
      ...told,
      state,
      worker: true,
      signal: stop.signal,
      onProgress: ({ step: done }) => {
        at = done
        if (done > 1) stop.abort()
      },
    })
    expect(first.termination).toEqual({ kind: 'aborted', step: at })
    expect(at).toBeLessThan(303)
    expect(first.outputs.shape).toEqual([Math.floor(at / 5), 3])
    const second = await runLoop(walk, { ...told, state: first.state, from: at, worker: true })
    expect(second.termination).toEqual({ kind: 'limit' })
    expect(second.state.data).toEqual(whole.state.data)
    expect([...first.outputs.data, ...second.outputs.data]).toEqual([...whole.outputs.data])
  })

  test('is heard while a worker runs, and nobody asks for progress', async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 200)
    const run = await runLoop((x: tf.Tensor) => add(x, 1), {
      state: 0,
      count: 2 ** 31 - 1,
      signal: stop.signal,
      precision: 'float64',
      worker: true,
    })
    expect(run.termination.kind).toBe('aborted')
    expect(run.state.data[0]).toBe(run.termination.kind === 'aborted' ? run.termination.step : NaN)
  })

  test.each([
    ['before', AbortSignal.abort()],
    ['while the worker starts', undefined],
  ])('that is given %s ends a run early', async (_, given_) => {
    const stop = new AbortController()
    const run = runLoop(walk, {
      ...told,
      count: 1e9,
      collect: { every: 1e8 },
      state,
      worker: true,
      signal: given_ ?? stop.signal,
    })
    stop.abort()
    expect((await run).termination).toEqual({ kind: 'aborted', step: 0 })
    expect((await run).state.data).toEqual(state)
  })
})

test.each(['float32', 'float64'] as const)(
  'the first state that is not finite is told of, with the one before it (%s)',
  async (precision) => {
    const grown = ({ a, b }: { a: tf.Tensor; b: tf.Tensor }, { index }: { index: tf.Tensor }) => ({
      a: add(a, 1),
      b: where(tf.equal(index, 150), tf.div(1, sub(mul(tf.onesLike(b), index), 150)), add(b, 1)),
    })
    const told = { state: { a: 0, b: Float32Array.of(0, 0) }, count: 1000, precision, finite: true }
    const thrown = (worker: boolean) => runLoop(grown, { ...told, worker }).catch((e: unknown) => e)
    const [error, expected] = [await thrown(true), await thrown(false)] as NonFiniteStateError[]
    expect(error).toBeInstanceOf(NumericalError)
    expect(error).toMatchObject({ step: 150, leaf: 'state.b', code: 'numerical' })
    expect(error!.message).toBe(expected!.message)
    const { a, b } = error!.state as { a: NdArray; b: NdArray }
    expect([...a.data, ...b.data]).toEqual([150, 150, 150])
    await expect(
      runLoop((x: tf.Tensor) => x, { state: Float32Array.of(1, NaN), count: 1, finite: true, worker: true }),
    ).rejects.toThrow('runLoop: state is not finite before the first step: got NaN at [1]')
  },
)

describe('where the code of an operation gives up', () => {
  const thrown = async (run: (worker: boolean) => Promise<unknown>): Promise<readonly [Error, Error]> =>
    [await run(true).catch((e: unknown) => e), await run(false).catch((e: unknown) => e)] as [Error, Error]

  test('a step throws what it throws without a worker', async () => {
    // Of the diagonal, 1 is taken each time, until it is 0.
    const shrunk = (x: tf.Tensor) => {
      const factor = cholesky(x)
      return sub(matMul(factor, factor, { transposeB: true }), tf.eye(3))
    }
    const state = ndarray(Float64Array.of(60, 0, 0, 0, 60, 0, 0, 0, 60), [3, 3])
    const steps: number[] = []
    const [error, expected] = await thrown((worker) =>
      runLoop(shrunk, {
        state,
        count: 100,
        precision: 'float64',
        worker,
        onProgress: ({ step: done }) => void steps.push(done),
      }),
    )
    expect(error).toBeInstanceOf(NumericalError)
    expect(error.message).toContain('is not positive definite: the pivot of row 0')
    expect(error.message).toBe(expected.message)
    expect(Math.max(...steps)).toBeLessThanOrEqual(60)
  })

  test('what comes before the steps does', async () => {
    const [error, expected] = await thrown((worker) =>
      runLoop((x: tf.Tensor, { inputs }: { inputs: tf.Tensor }) => add(x, gather(tf.range(0, 50), inputs)), {
        state: Float32Array.of(0, 0),
        inputs: Int32Array.of(1, 50),
        count: 3,
        passes: { unrolling: false },
        worker,
      }),
    )
    expect(error.message).toContain('50')
    expect(error.message).toBe(expected.message)
  })

  test('and its JavaScript does not, the run goes on as without a worker', async () => {
    // The factor of a matrix of NaN is NaN.
    const lost = (x: tf.Tensor, { index }: { index: tf.Tensor }) => {
      const factor = cholesky(where(tf.equal(index, 57), NaN, tf.eye(3)))
      const next = add(mul(0.5, x), where(tf.isNaN(factor), 2, factor))
      return { state: next, outputs: next }
    }
    const run = async (worker: boolean) => {
      const rows: number[] = []
      const { state, outputs } = await runLoop(lost, {
        state: ndarray(new Float64Array(9), [3, 3]),
        count: 120,
        collect: { every: 2 },
        precision: 'float64',
        worker,
        onProgress: ({ outputs: own }) => void rows.push(...own.data),
      })
      return { state: [...state.data], outputs: [...outputs.data], rows }
    }
    const [there, here] = [await run(true), await run(false)]
    expect(there).toEqual(here)
    expect(there.rows).toEqual(there.outputs)
    expect(there.outputs.slice(28 * 9, 28 * 9 + 2)).toEqual([3, 2])
  })
})

test('what a worker cannot run is refused', async () => {
  const told = { state: 0, count: 1, worker: true }
  const eager = runLoop((x: tf.Tensor) => add(x, 1), { ...told, engine: 'eager' })
  await expect(eager).rejects.toThrow(UnsupportedError)
  await expect(eager).rejects.toThrow(
    'run operation by operation on TensorFlow.js (asked for): leave worker out',
  )
  const calling = runLoop(doubled, told)
  await expect(calling).rejects.toThrow(UnsupportedError)
  await expect(calling).rejects.toThrow('call JavaScript for drawDoubled: leave worker out')
})

test.each([
  [
    'throws',
    () => {
      throw new Error('mine')
    },
  ],
  ['rejects', () => Promise.reject(new Error('mine'))],
])('an onProgress that %s ends the run', async (_, onProgress) => {
  const run = runLoop((x: tf.Tensor) => add(x, 1), { state: 0, count: 1e9, worker: true, onProgress })
  await expect(run).rejects.toThrow('mine')
})
