import { ASYMMETRY } from '@variate/core/internal'
import { sizeOf } from '../../graph/node.ts'
import { repeat, variable, whole, type Statement, type Variable } from '../../wasm/statement.ts'
import { I32, value, type Value } from '../../wasm/value.ts'
import type { Routine } from '../routines.ts'
import type { Target } from '../target.ts'
import { claims } from './claims.ts'
import { filled } from './filled.ts'
import { plus, times } from './integers.ts'
import { factor } from './linalg/factor.ts'
import { loadWide, one, storeWide } from './linalg/wide.ts'
import { batched, overBatch } from './overBatch.ts'

const and = (a: Value, b: Value): Value => value(I32, [0x71], [a, b])
const or = (a: Value, b: Value): Value => value(I32, [0x72], [a, b])
const not = (a: Value): Value => value(I32, [0x45], [a])

/** Whether matrices are symmetric and positive definite, or hold NaN. */
export const isPositiveDefinite: Routine = (node, target) => {
  const [a] = node.inputs
  const n = a!.shape.at(-1)!
  if (a!.dtype !== 'float32') return undefined
  if (sizeOf(node.shape) === 0) return []
  if (n === 0) return [filled(target, node, 1)]
  const { clear, claim, failed } = claims(target)
  const factored = factor(target, n, claim)
  const [hasFailed, isSymmetric, hasNaN] = [variable(I32), variable(I32), variable(I32)]
  const result = and(isSymmetric.get, or(hasNaN.get, not(hasFailed.get)))
  const body = overBatch(node.shape, batched(target, [a!, node], [2, 0]), ([from, to]) => [
    clear,
    { variable: factored.a, to: from! },
    factored.call,
    ...failed(hasFailed),
    ...inspected(target, n, factored.a, isSymmetric, hasNaN),
    storeWide(target.lanes, value(one.type, [0xb7], [result]), to!),
  ])
  return [target.define(body)]
}

/** Sets variables to whether a matrix is symmetric, and whether its lower triangle holds NaN. */
function inspected(
  { lanes: l }: Target,
  n: number,
  a: Variable,
  isSymmetric: Variable,
  hasNaN: Variable,
): readonly Statement[] {
  const [i, j] = [variable(I32), variable(I32)]
  const element = (row: Variable, column: Variable): Value =>
    loadWide(l, plus(a.get, times(plus(times(row.get, n), column.get), l.bytes)))
  const [lower, upper] = [element(i, j), element(j, i)]
  const size = one.sqrt(one.abs(one.mul(element(i, i), element(j, j))))
  const isFar = one.gt(one.abs(one.sub(lower, upper)), one.mul(one.constant(ASYMMETRY), size))
  const ofRow: readonly Statement[] = [
    { variable: isSymmetric, to: and(isSymmetric.get, not(isFar)) },
    { variable: hasNaN, to: or(hasNaN.get, one.ne(lower, lower)) },
  ]
  return [
    { variable: isSymmetric, to: whole(1) },
    { variable: hasNaN, to: whole(0) },
    repeat(i, 0, n, 1, [
      { index: j, from: whole(0), to: plus(i.get, 1), step: 1, mayBeEmpty: false, body: ofRow },
    ]),
  ]
}
