import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { erfcx, i0e, i1e } from './all.ts'
import { readOracle } from '../special/oracle.ts'

type Op = (x: tf.Tensor) => tf.Tensor

const erfcxOf: Op = (x) => erfcx(x)
const i0eOf: Op = (x) => i0e(x)
const i1eOf: Op = (x) => i1e(x)

/** Gradients in turn at the inputs of an oracle, against its columns. */
function worstGap(table: string, op: Op, columns: readonly string[]): number {
  const oracle = readOracle(table)
  const x = tf.tensor1d(oracle.cases.map(([input]) => input!))
  let worst = 0
  columns.reduce((f, column) => {
    const derivative: Op = (y) => tf.grad(f)(y)
    const got = derivative(x).dataSync()
    const at = oracle.columns.indexOf(column)
    oracle.cases.forEach((row, i) => {
      const error = Math.abs(got[i]! / row[at]! - 1)
      worst = error <= worst ? worst : error
    })
    return derivative
  }, op)
  return worst
}

// mpmath with 50 digits and more: scripts/special-oracles.py
describe('the first two derivatives keep the digits of float32, from 0.001 to 1e8 and below 0', () => {
  it.each([
    ['erfcx', 'erfcxDerivatives', erfcxOf, ['first', 'second']],
    ['i0e', 'besselDerivatives', i0eOf, ['i0eFirst', 'i0eSecond']],
    ['i1e', 'besselDerivatives', i1eOf, ['i1eFirst', 'i1eSecond']],
  ] as const)('%s', (_, table, op, columns) => {
    expect(worstGap(table, op, columns)).toBeLessThan(1e-7)
  })
})

it('derivatives end at infinity, and take the mean of both sides where they jump', () => {
  const at = (op: Op, x: number) => tf.grad(op)(tf.scalar(x)).dataSync()[0]
  expect([erfcxOf, i0eOf, i1eOf].map((op) => Math.abs(at(op, Infinity)!))).toEqual([0, 0, 0])
  expect([at(i0eOf, 0)! + 0, at(i1eOf, 0), at(i0eOf, NaN)]).toEqual([0, 0.5, NaN])
})
