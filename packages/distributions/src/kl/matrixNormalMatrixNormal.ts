import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  constant,
  logDetTriangular,
  mul,
  sub,
  transpose,
  triangularSolve,
  type Real,
} from '@variate/core/ops'
import type { Resolved } from '../define.ts'
import { sumOfSquares } from './gaussianGaussian.ts'

type Parameters = Resolved<'loc' | 'scaleTrilRow' | 'scaleTrilColumn'>

/** The divergence of the normal distributions of vec X, whose covariance matrices are Kronecker products V ⊗ U. */
export function matrixNormalMatrixNormal(p: Parameters, q: Parameters): Real {
  const [rowP, rowQ] = [p.scaleTrilRow as Tensor, q.scaleTrilRow as Tensor]
  const [columnP, columnQ] = [p.scaleTrilColumn as Tensor, q.scaleTrilColumn as Tensor]
  const [n, m] = [rowP.shape.at(-1)!, columnP.shape.at(-1)!]
  const gap = triangularSolve(rowQ, constant(sub(p.loc, q.loc)))
  const shift = sumOfSquares(triangularSolve(columnQ, transpose(gap)))
  const traces = mul(
    sumOfSquares(triangularSolve(rowQ, rowP)),
    sumOfSquares(triangularSolve(columnQ, columnP)),
  )
  const rows = mul(m, sub(logDetTriangular(rowQ), logDetTriangular(rowP)))
  const columns = mul(n, sub(logDetTriangular(columnQ), logDetTriangular(columnP)))
  return add(add(rows, columns), mul(0.5, add(sub(traces, n * m), shift)))
}
