import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  drawNormal,
  logDetTriangular,
  matMul,
  mul,
  outer,
  square,
  sub,
  sum,
  transpose,
  triangularSolve,
  tril,
} from '@variate/core/ops'
import { lowerCholesky } from './constraints/lowerCholesky.ts'
import { realMatrix } from './constraints/realMatrix.ts'
import { define, type Resolved } from './define.ts'
import type {
  Capabilities,
  Distribution,
  Numbers,
  Parameter,
  Reparameterized,
  Vectors,
} from './distribution.ts'
import { checkLengths, sized } from './sized.ts'
import { squaredLength } from './vectors.ts'

const HALF_LOG_TWO_PI = 0.9189385332046727

export interface MatrixNormal
  extends Distribution, Reparameterized, Pick<Capabilities, 'mean' | 'variance' | 'entropy'> {
  readonly name: 'matrixNormal'
  /** The mean, [..., n, p]. */
  readonly loc: Parameter
  /** R, [..., n, n]: R·Rᵀ is the covariance matrix of a column, up to a factor. */
  readonly scaleTrilRow: Parameter
  /** C, [..., p, p]: C·Cᵀ is the covariance matrix of a row, up to a factor. */
  readonly scaleTrilColumn: Parameter
}

/**
 * The normal distribution of matrices X [n, p] = loc + R·Z·Cᵀ, Z of independent standard normal entries, with density
 * exp(−|R⁻¹·(X − loc)·C⁻ᵀ|²/2) / ((2π)^(np/2)·|R|ᵖ·|C|ⁿ), R = scaleTrilRow, C = scaleTrilColumn.
 *
 * @param loc the mean, of shape [..., n, p].
 * @param scaleTrilRow R, lower triangular with a positive diagonal, of shape [..., n, n].
 * @param scaleTrilColumn C, lower triangular with a positive diagonal, of shape [..., p, p].
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not match or broadcast.
 * @see Gupta and Nagar, Matrix Variate Distributions (2000), ch. 2.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { matrixNormal } from '@variate/distributions'
 *
 * const d = matrixNormal([[0, 0]], [[2]], [[1, 0], [1, 1]])
 * d.logProb([[1, 3]]).arraySync() // => -3.849171
 * d.variance().arraySync() // => [[4, 8]]
 * ```
 */
export function matrixNormal(loc: Vectors, scaleTrilRow: Vectors, scaleTrilColumn: Vectors): MatrixNormal {
  const who = 'matrixNormal'
  const center = sized(loc, 2, `${who}: loc`, false)
  const row = sized(scaleTrilRow, 2, `${who}: scaleTrilRow`)
  const column = sized(scaleTrilColumn, 2, `${who}: scaleTrilColumn`)
  const [rows, columns] = center.event as [number, number]
  checkLengths(who, 'a column of loc', rows, 'scaleTrilRow', row.event[0]!)
  checkLengths(who, 'a row of loc', columns, 'scaleTrilColumn', column.event[0]!)
  const halfLogDet = (p: Resolved<'scaleTrilRow' | 'scaleTrilColumn'>): Tensor =>
    add(
      mul(columns, logDetTriangular(p.scaleTrilRow as Tensor)),
      mul(rows, logDetTriangular(p.scaleTrilColumn as Tensor)),
    )
  return define(
    who,
    {
      loc: [center.value as Numbers, realMatrix],
      scaleTrilRow: [row.value as Numbers, lowerCholesky],
      scaleTrilColumn: [column.value as Numbers, lowerCholesky],
    },
    {
      support: realMatrix,
      eventShape: [rows, columns],
      reparameterized: true,
      draw: (p, key, shape) => {
        const { R, C } = trianglesOf(p)
        return add(p.loc, matMul(matMul(R, drawNormal(key, shape)), C, { transposeB: true }))
      },
      logProb: (p, x) => {
        const { R, C } = trianglesOf(p)
        const Z = triangularSolve(C, transpose(triangularSolve(R, sub(x, p.loc))))
        const quadratic = sum(square(Z), [-2, -1])
        return sub(mul(-0.5, quadratic), add(halfLogDet(p), rows * columns * HALF_LOG_TWO_PI))
      },
      mean: ({ loc }) => loc,
      variance: (p) => {
        const { R, C } = trianglesOf(p)
        return outer(squaredLength(R), squaredLength(C))
      },
      entropy: (p) => add(halfLogDet(p), rows * columns * (HALF_LOG_TWO_PI + 0.5)),
    },
  ) as MatrixNormal
}

/** The triangles alone, so that derivatives above them are 0. */
function trianglesOf({ scaleTrilRow, scaleTrilColumn }: Resolved<'scaleTrilRow' | 'scaleTrilColumn'>): {
  R: Tensor
  C: Tensor
} {
  return { R: tril(scaleTrilRow as Tensor), C: tril(scaleTrilColumn as Tensor) }
}
