import * as tf from '@tensorflow/tfjs-core'
import { expect } from 'vitest'
import { square, sum, type Real } from './all.ts'

type Op = (...args: never[]) => Real
type AnyOp = (...args: Real[]) => Real

/** Relative to the larger of the two and 1. */
function gap(actual: number, expected: number): number {
  if (Object.is(actual, expected)) return 0
  return Math.abs(actual - expected) / Math.max(1, Math.abs(expected))
}

/** The op of tensors against the op of numbers, in float64, which is tested by itself. */
export function checkValues(op: Op, points: readonly (readonly number[])[]): void {
  const columns = points[0]!.map((_, i) => tf.tensor1d(points.map((point) => point[i]!)))
  const got = ((op as AnyOp)(...columns) as tf.Tensor).dataSync()
  points.forEach((point, i) => {
    const expected = (op as AnyOp)(...point.map(Math.fround)) as number
    expect(
      got[i] === Math.fround(expected) || gap(got[i]!, expected) < 1e-6,
      `at ${point}: ${got[i]}, not ${expected}`,
    ).toBe(true)
  })
  tf.dispose(columns)
}

/**
 * First and second derivatives in each argument against central differences of the op of numbers: those of the op's
 * square, since the gradient of what is linear depends on nothing.
 */
export function checkDerivatives(
  op: Op,
  points: readonly (readonly number[])[],
  differentiable: readonly number[],
): void {
  for (const point of points) {
    const exact = point.map(Math.fround)
    for (const i of differentiable) {
      const at = (x: Real): Real => square((op as AnyOp)(...exact.map((value, j) => (j === i ? x : value))))
      const f = (x: number): number => at(x) as number
      const h = 1e-4 * Math.max(0.1, Math.abs(exact[i]!))
      const x = exact[i]!
      const first = (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h)
      const second = (16 * (f(x + h) + f(x - h)) - (f(x + 2 * h) + f(x - 2 * h)) - 30 * f(x)) / (12 * h * h)
      const value = tf.scalar(x)
      const gradient = tf.grad((y) => sum(at(y) as tf.Tensor))
      const hessian = tf.grad((y) => gradient(y))
      expect(gap(gradient(value).dataSync()[0]!, first), `d/d${i} at ${point}`).toBeLessThan(2e-5)
      expect(gap(hessian(value).dataSync()[0]!, second), `d²/d${i}² at ${point}`).toBeLessThan(2e-4)
    }
  }
}

/** Mixed second derivatives in each pair of arguments, of the op's square, against central differences. */
export function checkMixedDerivatives(
  op: Op,
  points: readonly (readonly number[])[],
  differentiable: readonly number[],
): void {
  for (const point of points) {
    const exact = point.map(Math.fround)
    for (const i of differentiable) {
      for (const j of differentiable) {
        if (i >= j) continue
        const at = (x: Real, y: Real): Real =>
          square((op as AnyOp)(...exact.map((value, k) => (k === i ? x : k === j ? y : value))))
        const [x, y] = [exact[i]!, exact[j]!]
        const [h, k] = [x, y].map((value) => 1e-3 * Math.max(0.1, Math.abs(value))) as [number, number]
        const corner = (s: number, t: number): number => at(x + s * h, y + t * k) as number
        const coarse = (corner(2, 2) - corner(2, -2) - corner(-2, 2) + corner(-2, -2)) / (16 * h * k)
        const fine = (corner(1, 1) - corner(1, -1) - corner(-1, 1) + corner(-1, -1)) / (4 * h * k)
        const expected = (4 * fine - coarse) / 3
        const inner = (b: tf.Tensor) => tf.grad((a: tf.Tensor) => sum(at(a, b) as tf.Tensor))(tf.scalar(x))
        const mixed = tf.grad(inner)(tf.scalar(y)).dataSync()[0]!
        expect(gap(mixed, expected), `d²/d${i}d${j} at ${point}: ${mixed}, not ${expected}`).toBeLessThan(
          1e-3,
        )
      }
    }
  }
}
