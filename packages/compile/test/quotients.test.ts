import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { ndarray } from '@variate/core'
import { interpolateLogs } from '@variate/core/internal'
import { compile, type Precision } from '../src/index.ts'

const ENDS = [
  0,
  -0,
  1,
  -1,
  0.3,
  -2.5,
  7,
  1e-30,
  -3e20,
  1e30,
  2 ** 31,
  -(2 ** 31),
  Infinity,
  -Infinity,
  NaN,
  3,
  5e9,
]
const pairs = ENDS.flatMap((a) => ENDS.map((b) => [Math.fround(a), Math.fround(b)] as const))

/** What a program gives of numbers in both precisions, written out and in loops. */
function ways(
  f: (...xs: tf.Tensor[]) => tf.Tensor,
  columns: readonly (readonly number[])[],
  isWhole = false,
) {
  return (['float32', 'float64'] as const).flatMap((precision: Precision) =>
    [true, false].map((unrolling) => {
      const program = compile(f, { engine: 'wasm', precision, passes: { unrolling } })
      const given = columns.map((column) =>
        ndarray(isWhole ? Int32Array.from(column) : Float64Array.from(column), [column.length]),
      )
      const result = program(...given)
      const data = Array.from(result instanceof tf.Tensor ? result.dataSync() : result.data)
      if (result instanceof tf.Tensor) result.dispose()
      return { precision, data, called: program.explain().called }
    }),
  )
}
const columns = [0, 1].map((which) => pairs.map((pair) => pair[which]!))

describe('without calls', () => {
  test('angles of points are those of Math.atan2', () => {
    for (const { precision, data, called } of ways((y, x) => tf.atan2(y!, x!), columns)) {
      const bad = pairs.filter(([y, x], i) => {
        const wanted = precision === 'float32' ? Math.fround(Math.atan2(y, x)) : Math.atan2(y, x)
        return !Object.is(data[i], wanted) && !(Math.abs(data[i]! - wanted) <= 2 ** -51 * Math.abs(wanted))
      })
      expect(bad).toEqual([])
      expect(called).toEqual([])
    }
  })

  test('floors of quotients are whole numbers modulo 2³², 0 for what is no number', () => {
    for (const { data, called } of ways((a, b) => tf.floorDiv(a!, b!), columns)) {
      expect(data).toEqual(pairs.map(([a, b]) => Math.floor(a / b) | 0))
      expect(called).toEqual([])
    }
    const wholes = [[7, -7, 7, -7, 0, 5, -(2 ** 31), -(2 ** 31), 2 ** 31 - 1], [2, 2, -2, -2, 3, 0, -1, 1, 3]] as const // prettier-ignore
    for (const { data, called } of ways((a, b) => tf.floorDiv(a!, b!), wholes, true)) {
      expect(data).toEqual(wholes[0].map((a, i) => Math.floor(a / wholes[1][i]!) | 0))
      expect(called).toEqual([])
    }
  })

  test('numbers whose logarithms are between those of two others', () => {
    const given = [
      [0, 1, 0.5, 0.25, 0.75, 0.49, 0.9],
      [1, 2, 1, 16, 1e-30, 0.1, 3],
      [5, 7, 4, 1, 1e30, 1e6, 3],
    ]
    for (const { precision, data, called } of ways(
      (t, a, b) => interpolateLogs(t!, a!, b!) as tf.Tensor,
      given,
    )) {
      const epsilon = precision === 'float32' ? 2 ** -23 : 1e-13
      for (const [i, x] of data.entries()) {
        const [t, a, b] = given.map((column) => Math.fround(column[i]!)) as [number, number, number]
        const [ti, ai, bi] = precision === 'float32' ? [t, a, b] : (given.map((column) => column[i]!) as [number, number, number]) // prettier-ignore
        const wanted = Math.exp((1 - ti) * Math.log(ai) + ti * Math.log(bi))
        expect(Math.abs(x - wanted)).toBeLessThanOrEqual(epsilon * wanted)
      }
      expect(called).toEqual([])
    }
  })
})
