import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { compile } from '@variate/compile'
import { add, constant, div } from '@variate/core/ops'
import { schedules, type Schedule } from '@variate/inference'
import oracle from './oracles/optimizers.json' with { type: 'json' }

const SUBJECTS: Readonly<Record<string, Schedule>> = {
  constant: schedules.constant(0.3),
  exponentialDecay: schedules.exponentialDecay({ start: 0.2, factor: 0.6, steps: 7 }),
  'exponentialDecay, staircase': schedules.exponentialDecay({
    start: 0.2,
    factor: 0.6,
    steps: 7,
    staircase: true,
    end: 0.03,
  }),
  cosineDecay: schedules.cosineDecay({ start: 0.2, steps: 40, end: 0.02 }),
  'cosineDecay, restarts': schedules.cosineDecay({ start: 0.2, steps: 9, restarts: true }),
  'cosineDecay, growing': schedules.cosineDecay({
    start: 0.2,
    steps: 7,
    end: 0.01,
    restarts: { growth: 2, factor: 0.5 },
  }),
  linear: schedules.linear({ start: 0.2, end: 0.05, steps: 33 }),
  polynomial: schedules.polynomial({ start: 0.2, end: 0.05, steps: 33, power: 2.5 }),
  piecewiseConstant: schedules.piecewiseConstant({ rates: [0.2, 0.1, 0.01], boundaries: [10, 20] }),
  warmUp: schedules.warmUp(9, schedules.cosineDecay({ start: 0.2, steps: 40 })),
}
const expected = oracle.schedules as Readonly<Record<string, readonly number[]>>
const steps = expected['constant']!.map((_, t) => t)

const farthest = (got: ArrayLike<number>, of: readonly number[]): number =>
  Math.max(...of.map((x, i) => Math.abs(got[i]! - x)))

test('every schedule of the oracle is there', () => {
  expect(Object.keys(SUBJECTS).toSorted()).toEqual(Object.keys(expected).toSorted())
})

test.each(Object.keys(SUBJECTS))(
  '%s is that of optax: of numbers, and of tensors, compiled or not',
  (name) => {
    const schedule = SUBJECTS[name]!
    expect(
      farthest(
        steps.map((t) => schedule(t)),
        expected[name]!,
      ),
    ).toBeLessThan(1e-15)
    const inFloat64 = compile((t: tf.Tensor) => schedule(t), { precision: 'float64' })
    expect(farthest(inFloat64(Int32Array.from(steps)).data, expected[name]!)).toBeLessThan(1e-15)
    tf.tidy(() => {
      const eager = schedule(constant(steps, 'int32'))
      expect(eager.dtype).toBe('float32')
      expect(farthest(eager.dataSync(), expected[name]!)).toBeLessThan(2e-7)
      const scalar = schedule(constant(5, 'int32'))
      expect(scalar.shape).toEqual([])
      const inFloat32 = compile((t: tf.Tensor) => schedule(t))(constant(steps, 'int32'))
      expect(farthest(inFloat32.dataSync(), expected[name]!)).toBeLessThan(2e-7)
    })
  },
)

test.each([
  [3, 2],
  [10, 3],
  [7, 10],
])('cycles of %i steps that grow by %i begin where their lengths say, however long', (length, growth) => {
  const options = { start: 1, steps: length, restarts: { growth, factor: 0.5 } }
  const schedule = schedules.cosineDecay(options)
  const compiled = compile((t: tf.Tensor) => schedule(t))
  let [begin, cycle] = [0, 0]
  while (begin < 1e6) {
    const top = 0.5 ** cycle
    expect(schedule(begin)).toBe(top)
    const before = cycle === 0 ? [] : [begin - 1]
    tf.tidy(() => {
      const rates = compiled(constant([begin, ...before], 'int32')).dataSync()
      expect(Math.abs(rates[0]! - top)).toBeLessThan(1e-6)
      for (const rate of [...rates].slice(1)) expect(rate).toBeLessThan(0.8 * top)
    })
    begin += length * growth ** cycle++
  }
})

test('robbinsMonro is (step + delay)^-forgetting', () => {
  const schedule = schedules.robbinsMonro({ delay: 10, forgetting: 0.6, scale: 2 })
  const formula = steps.map((t) => 2 * (t + 10) ** -0.6)
  expect(
    farthest(
      steps.map((t) => schedule(t)),
      formula,
    ),
  ).toBeLessThan(1e-15)
  const inFloat64 = compile((t: tf.Tensor) => schedule(t), { precision: 'float64' })
  expect(farthest(inFloat64(Int32Array.from(steps)).data, formula)).toBeLessThan(1e-15)
})

test('a warm-up goes before any function of the step', () => {
  const rate = schedules.warmUp(3, (step: tf.Tensor): tf.Tensor => div(8, add(step, 1)))
  tf.tidy(() => {
    const rates = [0, 1, 2, 3, 4, 5].map((t) => rate(constant(t, 'int32')).dataSync()[0])
    expect(rates).toEqual([2, 4, 6, 8, 4, Math.fround(8 / 3)])
  })
  expect(schedules.warmUp(3, 0.4)(1)).toBe(0.2)
})

test('bad input is told of', () => {
  expect(() => schedules.constant(0)).toThrow('schedules.constant: rate must be > 0, got 0')
  expect(() => schedules.exponentialDecay({ start: 1, factor: 2, steps: 3 })).toThrow(
    'schedules.exponentialDecay: factor must be in (0, 1], got 2',
  )
  expect(() => schedules.cosineDecay({ start: 1, steps: 0.5 })).toThrow(
    'schedules.cosineDecay: steps must be a whole number ≥ 1, got 0.5',
  )
  expect(() => schedules.cosineDecay({ start: 1, steps: 5, restarts: { growth: 1.5 } })).toThrow(
    'schedules.cosineDecay: growth must be a whole number ≥ 1, got 1.5',
  )
  expect(() => schedules.linear({ start: 1, end: -1, steps: 5 })).toThrow(
    'schedules.linear: end must be ≥ 0, got -1',
  )
  expect(() => schedules.polynomial({ start: 1, end: 0, steps: 5, power: 0 })).toThrow(
    'schedules.polynomial: power must be > 0, got 0',
  )
  expect(() => schedules.piecewiseConstant({ rates: [1], boundaries: [5] })).toThrow(
    'schedules.piecewiseConstant: got 1 rates, and 1 boundaries between them',
  )
  expect(() => schedules.piecewiseConstant({ rates: [1, 2, 3], boundaries: [5, 5] })).toThrow(
    'schedules.piecewiseConstant: boundaries must ascend, got [5,5]',
  )
  expect(() => schedules.piecewiseConstant({ rates: [1, -2], boundaries: [5] })).toThrow(
    'schedules.piecewiseConstant: rates[1] must be > 0, got -2',
  )
  expect(() => schedules.robbinsMonro({ forgetting: 0.5 })).toThrow(
    'schedules.robbinsMonro: forgetting must be in (0.5, 1], got 0.5',
  )
  expect(() => schedules.warmUp(0, 0.1)).toThrow('schedules.warmUp: steps must be a whole number ≥ 1, got 0')
  expect(() => schedules.warmUp(5, -1)).toThrow('schedules.warmUp: rate must be a number > 0')
})
