import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { DomainError, UnsupportedError } from '../../src/index.ts'
import * as ops from './all.ts'

const x = tf.ones([2, 2])
const array = [[1, 2]] as never

/** Each op that takes tensors, called with an array in the place of one. */
const calls: Readonly<Record<string, () => unknown>> = {
  affine: () => ops.affine(array, x, 0),
  add: () => ops.add(array, 1),
  broadcastTo: () => ops.broadcastTo(array, [2, 2]),
  cast: () => ops.cast(array, 'int32'),
  cholesky: () => ops.cholesky(array),
  concat: () => ops.concat([x, array]),
  cumsum: () => ops.cumsum(array),
  diag: () => ops.diag(array),
  diagPart: () => ops.diagPart(array),
  expandDims: () => ops.expandDims(array, 0),
  gather: () => ops.gather(array, 1),
  isPositiveDefinite: () => ops.isPositiveDefinite(array),
  lgamma: () => ops.lgamma(array),
  linearRecurrence: () => ops.linearRecurrence(x, array),
  logDeterminant: () => ops.logDeterminant(array),
  logSumExp: () => ops.logSumExp(array),
  matMul: () => ops.matMul(x, array),
  matVec: () => ops.matVec(x, array),
  max: () => ops.max(array),
  mean: () => ops.mean(array),
  mul: () => ops.mul(undefined as never, 1),
  pad: () => ops.pad(array, []),
  pick: () => ops.pick(x, array),
  reshape: () => ops.reshape(array, [2]),
  scatterAdd: () => ops.scatterAdd(array, x, [2]),
  searchSorted: () => ops.searchSorted(x, array),
  slice: () => ops.slice(array, [0], [1]),
  softmax: () => ops.softmax(array),
  solvePositive: () => ops.solvePositive(x, array),
  squaredMahalanobis: () => ops.squaredMahalanobis(x, array),
  sum: () => ops.sum(array),
  transpose: () => ops.transpose(array),
  triangularSolve: () => ops.triangularSolve(x, array),
  tril: () => ops.tril(array),
  where: () => ops.where(array, 1, 2),
}

describe('an op that is given no tensor', () => {
  it.each(Object.entries(calls))('%s says so, and what to do', (name, call) => {
    expect(call).toThrow(UnsupportedError)
    expect(call).toThrow(
      new RegExp(`^${name}\\b.*: got (\\[\\[1,2]]|undefined) where a tensor belongs: make it one, constant`),
    )
  })

  it('says so of a number where one has no meaning', () => {
    expect(() => ops.sum(2 as never)).toThrow(
      new UnsupportedError('sum: got 2 where a tensor belongs: make it one, constant(…)'),
    )
  })
})

it.each([
  [0.5, '0.5'],
  [3, '3'],
  [-1, '-1'],
  [NaN, 'NaN'],
  [tf.tensor1d([0, 1.5]), '1.5'],
  [tf.tensor1d([2, 7], 'int32'), '7'],
  [[[0], [4]] as never, '4'],
])('gather refuses the index %s', (indices, got) => {
  const message = `gather: indices must be 0 … 2 on axis 1 of length 3, got ${got}`
  expect(() => ops.gather(tf.ones([2, 3]), indices, -1)).toThrow(new DomainError(message))
})
