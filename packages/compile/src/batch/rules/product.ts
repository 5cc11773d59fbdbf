import type { Tensor } from '@tensorflow/tfjs-core'
import { matMul, reshape } from '@variate/core/ops'
import { sizeOf } from '../../graph/node.ts'
import { aligned, elementShape, withAxis, type Batched } from '../batched.ts'
import type { Rule } from '../rule.ts'

/**
 * Matrix products: of a matrix that all elements share with vectors, or with the rows of matrices, they are one product
 * with all rows. Where rows would have to be moved together before, the products stay apart.
 */
export const product: Rule = ({ attributes, shape }, [a, b], size) => {
  const { transposeA, transposeB } = attributes as { transposeA: boolean; transposeB: boolean }
  const rows = isMatrix(b!) && rowsOf(a!, transposeA)
  if (rows) return reshape(matMul(rows, matrixOf(b!), { transposeB }), [size, ...shape])
  const columns = isMatrix(a!) && shape.at(-1) === 1 && rowsOf(b!, !transposeB)
  if (columns) return reshape(matMul(columns, matrixOf(a!), { transposeB: !transposeA }), [size, ...shape])
  const [left, right] = [a!, b!].map((x) => {
    // TensorFlow.js does not broadcast to batches of none.
    const own = size === 0 ? { tensor: withAxis(x, size), isBatched: true } : x
    return aligned(own, shape.length)
  })
  return matMul(left!, right!, { transposeA, transposeB })
}

/** Whether all elements share one matrix. */
function isMatrix(x: Batched): boolean {
  return !x.isBatched && sizeOf(x.tensor.shape.slice(0, -2)) === 1
}

function matrixOf({ tensor }: Batched): Tensor {
  return tensor.rank === 2 ? tensor : reshape(tensor, tensor.shape.slice(-2))
}

/** All rows of the matrices of a batch, or of their transposes; undefined if these do not lie in memory so. */
function rowsOf(x: Batched, isTransposed: boolean): Tensor | undefined {
  if (!x.isBatched) return undefined
  const [rows, columns] = elementShape(x).slice(-2) as [number, number]
  if (isTransposed && rows !== 1 && columns !== 1) return undefined
  const count = sizeOf(x.tensor.shape.slice(0, -2)) * (isTransposed ? columns : rows)
  return reshape(x.tensor, [count, isTransposed ? rows : columns])
}
