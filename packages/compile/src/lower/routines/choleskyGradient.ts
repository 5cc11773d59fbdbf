import { sizeOf } from '../../graph/node.ts'
import { repeat, variable, whole, type Statement, type Variable } from '../../wasm/statement.ts'
import { I32, value, type Value } from '../../wasm/value.ts'
import type { Routine } from '../routines.ts'
import type { Target } from '../target.ts'
import { fillZeros } from './fillZeros.ts'
import { plus, times } from './integers.ts'
import { reverseFactor, rowOf, type Pair } from './linalg/reverseFactor.ts'
import { loadWide, one, storeWide } from './linalg/wide.ts'
import { store } from './memory.ts'
import { batched, overBatch } from './overBatch.ts'

/** Derivatives in matrices of what is given by its derivatives in their Cholesky factors. */
export const choleskyGradient: Routine = (node, target) => {
  const [l, d] = node.inputs
  const n = node.shape.at(-1)!
  if (node.inputs.some(({ dtype }) => dtype !== 'float32')) return undefined
  if (sizeOf(node.shape) === 0) return []
  const row = rowOf(n)
  const pair: Pair = { n, factor: target.room(2 * n * row), slopes: n * row, row }
  const [factor, slopes, to] = [variable(I32), variable(I32), variable(I32)]
  const call = target.define(
    [
      ...fillZeros(target, whole(pair.factor), (n * row) / target.lanes.bytes),
      ...read(target, factor, pair, 0),
      ...read(target, slopes, pair, pair.slopes),
      ...reverseFactor(pair),
      ...symmetric(target, pair, to),
    ],
    [factor, slopes, to],
  )
  return overBatch(node.shape.slice(0, -2), batched(target, [l!, d!, node], 2), (addresses) => [
    ...[factor, slopes, to].map((variable, k): Statement => ({ variable, to: addresses[k]! })),
    call,
  ])
}

/** Statements for each element of a triangle: its address in the working memory, and those in the matrix and its transpose. */
function overTriangle(
  { lanes: l }: Target,
  matrix: Variable,
  { n, factor, row }: Pair,
  body: (work: Value, of: Value, turned: Value) => readonly Statement[],
): readonly Statement[] {
  const [i, of, work, turned] = [variable(I32), variable(I32), variable(I32), variable(I32)]
  const start = plus(matrix.get, times(i.get, n * l.bytes))
  return [
    repeat(i, 0, n, 1, [
      { variable: work, to: plus(times(i.get, row), factor) },
      { variable: turned, to: plus(matrix.get, times(i.get, l.bytes)) },
      {
        index: of,
        from: start,
        to: plus(start, times(plus(i.get, 1), l.bytes)),
        step: l.bytes,
        mayBeEmpty: false,
        body: [
          ...body(work.get, of.get, turned.get),
          { variable: work, to: plus(work.get, 8) },
          { variable: turned, to: plus(turned.get, n * l.bytes) },
        ],
      },
    ]),
  ]
}

/** Reads the lower triangle of a matrix, to so many bytes behind the factor. */
function read(target: Target, matrix: Variable, pair: Pair, offset: number): readonly Statement[] {
  return overTriangle(target, matrix, pair, (work, of) => [
    store(one, loadWide(target.lanes, of), work, offset),
  ])
}

/** Writes the slopes, those beside the diagonal half each to both sides. */
function symmetric(target: Target, pair: Pair, to: Variable): readonly Statement[] {
  const { lanes: l } = target
  return overTriangle(target, to, pair, (work, of, turned) => {
    const x = one.load(work, pair.slopes)
    const half = one.select(value(I32, [0x46], [of, turned]), x, one.mul(x, one.constant(0.5)))
    return [storeWide(l, half, of), storeWide(l, half, turned)]
  })
}
