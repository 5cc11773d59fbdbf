import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  and,
  cholesky,
  cumsum,
  diag,
  diagPart,
  div,
  expandDims,
  eye,
  fill,
  greater,
  matMul,
  matVec,
  max,
  mul,
  neg,
  pad,
  reshape,
  slice,
  sub,
  transpose,
  triangularSolve,
  tril,
  type Real,
} from '@variate/core/ops'
import {
  expand,
  independent,
  multivariateNormalDiag,
  multivariateStudentT,
  normal,
  type Distribution,
} from '@variate/distributions'
import { deviation, type Deviation, type DeviationMaker, type Resolved } from './deviation.ts'

export type VectorFamily =
  | 'multivariateNormal'
  | 'multivariateNormalLowRank'
  | 'multivariateNormalDiag'
  | 'multivariateStudentT'
  | 'matrixNormal'
  | 'gaussianRandomWalk'

/** Families of vectors and matrices, by the names of their factories. */
export const OF_VECTORS: Readonly<Record<VectorFamily, DeviationMaker>> = {
  multivariateNormal: (d) => spreadOut(d, factorOf, () => standardNormal(d)),
  multivariateNormalLowRank: (d) => spreadOut(d, lowRankFactorOf, () => standardNormal(d)),
  multivariateNormalDiag: (d) =>
    deviation(d, ['loc', 'scaleDiag'], ({ loc, scaleDiag }) => ({
      standard: () => standardNormal(d),
      isScale: () => allPositive(scaleDiag),
      toValue: (z) => add(loc, mul(scaleDiag, z)),
      fromValue: (x) => div(sub(x, loc), scaleDiag),
    })),
  multivariateStudentT: (d) =>
    spreadOut(d, factorOf, ({ df }) =>
      multivariateStudentT(df, zeros(d), { scaleTril: eye(d.eventShape[0]!) }),
    ),
  matrixNormal: (d) =>
    deviation(d, ['loc', 'scaleTrilRow', 'scaleTrilColumn'], ({ loc, scaleTrilRow, scaleTrilColumn }) => {
      const [R, C] = [tril(scaleTrilRow), tril(scaleTrilColumn)]
      return {
        standard: () => independent(expand(normal(0, 1), [...d.batchShape, ...d.eventShape]), 2),
        isScale: () => and(allPositive(diagPart(R)), allPositive(diagPart(C))),
        toValue: (z) => add(loc, matMul(matMul(R, z), C, { transposeB: true })),
        fromValue: (x) => {
          const rows = triangularSolve(R, sub(x, loc) as Tensor)
          return transpose(triangularSolve(C, transpose(rows)))
        },
      }
    }),
  gaussianRandomWalk: (d) =>
    deviation(d, ['scale'], (p) => {
      const scale = typeof p.scale === 'number' ? p.scale : expandDims(p.scale, -1)
      return {
        standard: () => standardNormal(d),
        isScale: () => greater(p.scale, 0),
        toValue: (z) => cumsum(mul(scale, z) as Tensor),
        fromValue: (x) => div(sub(x, before(x)), scale),
      }
    }),
}

/** A matrix F, and its inverse, with F·Fᵀ the covariance or scale matrix. */
interface Factor {
  /** A triangle of which the diagonal is positive if, and only if, it is a factor. */
  readonly triangle: Tensor
  times(z: Tensor): Tensor
  inverseTimes(x: Tensor): Tensor
}

/** x = loc + F·z. */
function spreadOut(
  d: Distribution,
  factorOf: (parameters: Resolved) => Factor,
  standard: (parameters: Resolved) => Distribution,
): Deviation {
  const moved = ['loc', 'scaleTril', 'covariance', 'precision', 'covFactor', 'covDiag']
  return deviation(d, moved, (p) => {
    const factor = factorOf(p)
    return {
      standard: () => standard(p),
      isScale: () => allPositive(diagPart(factor.triangle)),
      toValue: (z) => add(p.loc, factor.times(z)),
      fromValue: (x) => factor.inverseTimes(sub(x, p.loc) as Tensor),
    }
  })
}

function factorOf({ scaleTril, covariance, precision }: Partial<Resolved>): Factor {
  if (scaleTril) return ofTriangle(tril(scaleTril))
  if (covariance) return ofTriangle(cholesky(covariance))
  // Σ⁻¹ = L·Lᵀ, so that L⁻ᵀ is a factor of Σ.
  const triangle = cholesky(precision!)
  return {
    triangle,
    times: (z) => solved(triangle, z, true),
    inverseTimes: (x) => matVec(transpose(triangle), x),
  }
}

function lowRankFactorOf({ covFactor, covDiag }: Resolved): Factor {
  return ofTriangle(cholesky(add(matMul(covFactor, covFactor, { transposeB: true }), diag(covDiag))))
}

function ofTriangle(triangle: Tensor): Factor {
  return { triangle, times: (z) => matVec(triangle, z), inverseTimes: (x) => solved(triangle, x, false) }
}

/** T⁻¹·x, or T⁻ᵀ·x. */
function solved(triangle: Tensor, x: Tensor, isTransposed: boolean): Tensor {
  const column = triangularSolve(triangle, expandDims(x, -1), { transpose: isTransposed })
  return reshape(column, column.shape.slice(0, -1))
}

/** Independent standard normal numbers, for which no matrix has to be solved. */
function standardNormal(d: Distribution): Distribution {
  return multivariateNormalDiag(zeros(d), fill([...d.eventShape], 1))
}

function zeros({ batchShape, eventShape }: Distribution): Tensor {
  return fill([...batchShape, ...eventShape], 0)
}

function allPositive(x: Tensor): Real {
  return greater(0, max(neg(x) as Tensor, -1))
}

/** What each step of a walk [..., steps] starts from. */
function before(x: Tensor): Tensor {
  const axes = x.shape.map((_, axis): [number, number] => [axis === x.rank - 1 ? 1 : 0, 0])
  return slice(
    pad(x, axes),
    x.shape.map(() => 0),
    x.shape,
  )
}
