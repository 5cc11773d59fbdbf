import * as tf from '@tensorflow/tfjs-core'
import * as fc from 'fast-check'
import * as ops from '@variate/core/ops'

/** One operation on tensors that were made before: which, and numbers that it takes its choices from. */
export type Step = readonly [op: number, first: number, second: number, choice: number]

const pick = <T>(items: readonly T[], at: number): T => items[at % items.length]!
const canBroadcast = (a: readonly number[], b: readonly number[]): boolean =>
  a.every((length, i) => {
    const other = b[b.length - a.length + i]
    return other === undefined || length === other || length === 1 || other === 1
  })
/** `b`, or a number of it where the shapes do not fit. */
const fitting = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => (canBroadcast(a.shape, b.shape) ? b : tf.mean(b))
const axisOf = (x: tf.Tensor, choice: number): number => choice % x.rank

const STEPS: readonly ((x: tf.Tensor, y: tf.Tensor, choice: number) => tf.Tensor)[] = [
  (x, y) => tf.add(x, fitting(x, y)),
  (x, y) => tf.mul(x, fitting(x, y)),
  (x, y) => tf.sub(fitting(x, y), x),
  (x, y) => tf.maximum(x, fitting(x, y)),
  (x) => tf.tanh(x),
  (x) => tf.exp(tf.neg(tf.abs(x))),
  (x) => ops.softplus(x) as tf.Tensor,
  // What a comparison chooses between meets where it turns: elsewhere one rounding would decide.
  (x, y) => {
    const b = fitting(x, y)
    return ops.where(tf.greater(x, b), ops.sub(ops.mul(x, 2), b), b) as tf.Tensor
  },
  (x, _, choice) => (x.rank === 0 ? x : tf.sum(x, axisOf(x, choice), choice % 3 === 0)),
  (x, _, choice) => (x.rank === 0 ? x : tf.max(x, axisOf(x, choice))),
  (x, _, choice) =>
    x.rank < 2 ? tf.sum(x) : tf.sum(x, [axisOf(x, choice), axisOf(x, choice + 1)].toSorted()),
  (x) => tf.transpose(x),
  (x, _, choice) =>
    x.rank < 2
      ? x
      : tf.transpose(
          x,
          [...x.shape.keys()].map((k) => (k + choice) % x.rank),
        ),
  (x) => tf.reshape(x, [x.size]),
  (x, _, choice) => {
    const divisor = [2, 3, 4, 5, 7].find((d) => (d + choice) % 2 === 0 && x.size % d === 0) ?? 1
    return tf.reshape(x, [divisor, x.size / divisor])
  },
  (x, _, choice) => {
    if (x.rank === 0) return x
    const begin = x.shape.map((length, axis) => (axis === axisOf(x, choice) ? length >> 1 : 0))
    return tf.slice(x, begin)
  },
  (x, _, choice) => (x.rank === 0 ? x : tf.reverse(x, axisOf(x, choice))),
  (x, _, choice) =>
    x.rank === 0
      ? x
      : tf.pad(
          x,
          x.shape.map((__, axis) => [(choice + axis) % 3, axis % 2] as [number, number]),
          0.5,
        ),
  (x, _, choice) => (x.rank === 0 ? x : tf.concat([x, tf.neg(x), x], axisOf(x, choice))),
  (x, _, choice) =>
    x.rank === 0
      ? x
      : tf.tile(
          x,
          x.shape.map((__, axis) => (axis === axisOf(x, choice) ? 2 : 1)),
        ),
  (x, _, choice) => tf.broadcastTo(tf.expandDims(x, 0), [(choice % 3) + 1, ...x.shape]),
  (x) => tf.mul(tf.cast(tf.greater(x, 0.1), 'float32'), tf.sub(x, 0.1)),
]

/** The program of some steps on its inputs, which returns the last three of what they make. */
export function build(steps: readonly Step[]): (...inputs: readonly tf.Tensor[]) => tf.Tensor[] {
  return (...inputs) => {
    const made = [...inputs]
    for (const [op, first, second, choice] of steps) {
      const [x, y] = [pick(made, made.length - 1 - (first % made.length)), pick(made, second)]
      const z = pick(STEPS, op)(x, y, choice)
      // What has grown too large is summed up.
      made.push(z.size > 3000 || z.rank > 5 ? tf.sum(z) : z)
    }
    return made.slice(inputs.length).slice(-3)
  }
}

export const number: fc.Arbitrary<number> = fc.nat(1000)
/** Shapes of inputs. */
export const shapes: fc.Arbitrary<number[][]> = fc.array(
  fc.array(fc.constantFrom(1, 2, 3, 4, 5, 8, 9, 17), { maxLength: 3 }),
  {
    minLength: 1,
    maxLength: 3,
  },
)
export const steps: fc.Arbitrary<Step[]> = fc.array(fc.tuple(number, number, number, number), {
  minLength: 1,
  maxLength: 14,
})

/** Tensors of shapes, of numbers that differ. */
export function inputsOf(given: readonly (readonly number[])[], seed: number): tf.Tensor[] {
  return given.map((shape, k) => {
    const size = shape.reduce((a, b) => a * b, 1)
    const data = Float32Array.from({ length: size }, (_, i) => Math.sin(seed + 13 * k + 7 * i))
    return tf.tensor(data, [...shape])
  })
}
