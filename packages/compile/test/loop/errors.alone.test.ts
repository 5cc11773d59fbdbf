import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DomainError, ndarray, ShapeError, UnsupportedError } from '@variate/core'
import { add, sum } from '@variate/core/ops'
import { compile, loop, runLoop } from '../../src/index.ts'

let tensors: number
beforeEach(() => {
  tensors = tf.memory().numTensors
})
afterEach(() => {
  // oxlint-disable-next-line vitest/no-standalone-expect
  expect(tf.memory().numTensors, 'tensors left').toBe(tensors)
})

const state = { a: Float32Array.of(1, 2), n: 0 }
type State = { readonly a: tf.Tensor; readonly n: tf.Tensor }
type Step = (state: State) => unknown

/** What is thrown when the step is taken in a compiled function, by itself, on a tape, and in parts. */
async function thrown(step: Step, options: object = {}): Promise<unknown[]> {
  const told = { state, count: 2, ...options }
  const run = () => loop(step as never, told as never)
  const caught = (f: () => unknown): unknown => {
    try {
      return f()
    } catch (error) {
      return error
    }
  }
  const onTape = (x: tf.Tensor): tf.Tensor => {
    run()
    return x
  }
  return [
    caught(() => compile(() => run() as never)()),
    caught(run),
    caught(() => tf.tidy(() => tf.grad(onTape)(tf.scalar(1)))),
    await runLoop(step as never, told as never).catch((error: unknown) => error),
  ]
}

const CHANGED: readonly (readonly [what: string, step: Step, options: object, message: string])[] = [
  [
    'shape',
    ({ a, n }) => ({ a: tf.stack([a, a]), n }),
    {},
    'a step makes state.a of shape [2,2] of one of shape [2]: begin with [2,2], or return [2]',
  ],
  [
    'type',
    ({ a }) => ({ a, n: tf.scalar(1, 'bool') }),
    {},
    'a step makes state.n bool of float32: begin with bool, or cast it',
  ],
  ['structure, which lacks a part,', ({ a }) => ({ a }), {}, 'returned one without state.n'],
  ['structure, which has one more,', (s) => ({ ...s, b: s.n }), {}, 'returned one with state.b as well'],
  ['structure', ({ a, n }) => ({ a, n, label: 'x' }), {}, 'returned one of another structure'],
  [
    'outputs, which it lacks,',
    (s) => s,
    { collect: { every: 1 } },
    'must return { state, outputs }, got { a, n }',
  ],
]

test.each(CHANGED)('a step that changes the %s is told of', async (_, step, options, message) => {
  for (const error of await thrown(step, options)) {
    expect(error).toBeInstanceOf(ShapeError)
    expect((error as Error).message).toContain(message)
  }
})

const same: Step = (s) => s
const REFUSED: readonly (readonly [what: string, step: Step, options: object, message: string])[] = [
  ['no whole number', same, { count: 2.5 }, 'count must be a whole number ≥ 0, got 2.5'],
  ['less than 0', same, { count: -1 }, 'count must be a whole number ≥ 0, got -1'],
  ['no number', same, { count: '3' }, 'count must be a whole number ≥ 0, got 3'],
  ['none to collect', same, { collect: { every: 0 } }, 'collect.every must be a whole number ≥ 1, got 0'],
]

test.each(REFUSED)('a count of steps that is %s is refused', async (_, step, options, message) => {
  for (const error of await thrown(step, options)) {
    expect(error).toBeInstanceOf(DomainError)
    expect((error as Error).message).toContain(message)
  }
})

test('a key is read only where there is one', async () => {
  const step = ((s: State, { key }: { key: tf.Tensor }) => ({ a: s.a, n: sum(key) })) as Step
  for (const error of await thrown(step)) {
    expect(error).toBeInstanceOf(DomainError)
    expect((error as Error).message).toContain('the step reads its key, and there is none: set random')
  }
})

test('each step needs its row', async () => {
  for (const error of await thrown(same, { each: { y: Float32Array.of(1) } })) {
    expect(error).toBeInstanceOf(ShapeError)
    expect((error as Error).message).toContain('each.y must have a row for each of 2 steps, got shape [1]')
  }
  for (const error of await thrown(same, { each: ndarray(Float32Array.of(1), []) })) {
    expect((error as Error).message).toContain('each must have a row for each of 2 steps, got a scalar')
  }
})

test('a value that a step reads is told of', () => {
  const step: Step = ({ a, n }) => (a.dataSync()[0]! > 0 ? { a, n } : { a: n, n })
  expect(() => loop(step as never, { state, count: 2 })).toThrow('Use where(condition, a, b)')
})

test('a tensor of a step has no value outside of its loop', () => {
  const leaked: tf.Tensor[] = []
  const f = (x: tf.Tensor): tf.Tensor => {
    const step = (at: tf.Tensor) => {
      leaked.push(tf.keep(add(at, 1)))
      return leaked.at(-1)!
    }
    loop(step, { state: x, count: 2 })
    return add(leaked.at(-1)!, x)
  }
  const nested = (x: tf.Tensor) => loop((at: tf.Tensor) => f(at), { state: x, count: 2 }).state
  for (const options of [{}, { engine: 'eager' }] as const) {
    for (const g of [f, nested]) {
      expect(() => compile(g, options)(Float32Array.of(1))).toThrow(UnsupportedError)
      expect(() => compile(g, options)(Float32Array.of(1))).toThrow('outside of its loop')
    }
  }
  tf.dispose(leaked)
})

test('what is collected must have room', () => {
  const step = (x: tf.Tensor) => ({ state: x, outputs: x })
  expect(() => loop(step, { state: 0, count: 2 ** 31 - 1, collect: { every: 1 } })).toThrow(
    'tensors take 8.0 GiB, a program has 2: make them smaller, or collect less often',
  )
})
