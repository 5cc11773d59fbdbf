import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { ndarray, ShapeError } from '@variate/core'
import * as ops from '@variate/core/ops'
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/index.ts'
import { CASES } from '../batch/cases.ts'
import type { Op } from '../batch/looped.ts'

// What kernels give eagerly is the truth: those of core compute in float64 and round once.

const VALUES = [NaN, Infinity, -Infinity, 0, -0, 1, -1, 0.5, -2.5, 3, 1e-30, -1e30, 200]
/** For ops of three and four arguments, of which all combinations are tried. */
const FEWER = [NaN, Infinity, -Infinity, 0, -0, 1, -2.5, 3]
const FEW = [NaN, Infinity, 0, 1, -2.5]

/** Public ops of each element, by their names, with how many arguments they have. */
const elementwise = new Map(
  CASES.filter(({ name, inputs }) => name in ops && inputs.every(({ of }) => of === 'unit')).flatMap(
    ({ name, f, inputs }) =>
      isElementwise(f, inputs.length) ? [[name, { f, arity: inputs.length }] as const] : [],
  ),
)

function isElementwise(f: Op, arity: number): boolean {
  return isDefined(f, arity, []) && isDefined(f, arity, [2, 3])
}

/** Whether an op of tensors of one shape gives one of that shape: some refuse it. */
function isDefined(f: Op, arity: number, shape: number[]): boolean {
  return tf.tidy(() => {
    try {
      return String(f(...Array.from({ length: arity }, () => tf.fill(shape, 0.5))).shape) === String(shape)
    } catch (error) {
      if (error instanceof ShapeError) return false
      throw error
    }
  })
}

/** Angles beyond 2⁵² are 0, for their neighbours are radians away. */
const ofAngle = (zero: number) => (x: number) =>
  Math.abs(x) > 2 ** 52 && x !== -Infinity && x !== Infinity ? zero : undefined
/** What is not as it is eagerly: signs and zeros are those of mathematics, where TensorFlow.js gives 0 for NaN and −0. */
const OTHERWISE: Readonly<Record<string, (x: number) => number | undefined>> = {
  cos: ofAngle(1),
  erfinv: (x) => (x === 0 ? x : undefined),
  sign: Math.sign,
  sin: ofAngle(0),
  tan: ofAngle(0),
}

/** All combinations, one list for each argument. */
function combinations(arity: number): number[][] {
  const values = [VALUES, VALUES, FEWER, FEW][arity - 1]!
  const count = values.length ** arity
  return Array.from({ length: arity }, (_, argument) =>
    Array.from(
      { length: count },
      (__, i) => values[Math.floor(i / values.length ** argument) % values.length]!,
    ),
  )
}

const WAYS = {
  written: (f: Op) => narrow(f, true),
  loops: (f: Op) => narrow(f, false),
  float64: (f: Op) => wide(f, true),
  'float64 in loops': (f: Op) => wide(f, false),
}

function narrow(f: Op, unroll: boolean) {
  const compiled = compile(f, { engine: 'wasm', passes: { unrolling: unroll } })
  return (lists: readonly number[][]) =>
    tf.tidy(() => Array.from(compiled(...lists.map((list) => tf.tensor1d(list))).dataSync()))
}

function wide(f: Op, unroll: boolean) {
  const compiled = compile(f, { engine: 'wasm', passes: { unrolling: unroll }, precision: 'float64' })
  return (lists: readonly number[][]) => {
    const arrays = lists.map((list) => ndarray(Float64Array.from(list, Math.fround), [list.length]))
    return Array.from(compiled(...(arrays as never[])).data, Math.fround)
  }
}

/** NaN is NaN, infinities and the signs of zeros are exact, other numbers are right to some ulp, or 1e-6 near 0. */
function isLike(got: number, truth: number): boolean {
  if (Object.is(got, truth)) return true
  if (truth === 0 && got === 0) return false
  return Math.abs(got - truth) <= 2e-6 * Math.abs(truth) + 1e-30
}

describe.each(Object.entries(WAYS))('%s', (_, way) => {
  test.each([...elementwise])('%s of NaN, ±∞, ±0 and numbers is what it is eagerly', (name, { f, arity }) => {
    const lists = combinations(arity)
    const eager = tf.tidy(() => Array.from(f(...lists.map((list) => tf.tensor1d(list))).dataSync()))
    const truth = eager.map((y, i) => OTHERWISE[name]?.(lists[0]![i]!) ?? y)
    const got = way(f)(lists)
    const wrong = truth.flatMap((y, i) => (isLike(got[i]!, y) ? [] : [`${lists.map((l) => text(l[i]!))}: ${text(got[i]!)} for ${text(y)}`])) // prettier-ignore
    expect(wrong).toEqual([])
  })
})

function text(x: number): string {
  return Object.is(x, -0) ? '-0' : String(x)
}
