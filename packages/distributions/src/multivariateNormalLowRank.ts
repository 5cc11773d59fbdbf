import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  diag,
  div,
  drawNormal,
  eye,
  log,
  logDeterminant,
  matMul,
  matVec,
  mul,
  reshape,
  solvePositive,
  splitKey,
  sqrt,
  sub,
  sum,
} from '@variate/core/ops'
import { positiveVector } from './constraints/positiveVector.ts'
import { realMatrix } from './constraints/realMatrix.ts'
import { realVector } from './constraints/realVector.ts'
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
import { squaredLength, withAxes } from './vectors.ts'
import { withCovariance, type HasCovariance } from './withCovariance.ts'

const HALF_LOG_TWO_PI = 0.9189385332046727

export interface MultivariateNormalLowRank
  extends Distribution, Reparameterized, HasCovariance, Pick<Capabilities, 'mean' | 'variance' | 'entropy'> {
  readonly name: 'multivariateNormalLowRank'
  /** The mean, [..., d]. */
  readonly loc: Parameter
  /** W, [..., d, r]. */
  readonly covFactor: Parameter
  /** The diagonal of D, [..., d]. */
  readonly covDiag: Parameter
}

/**
 * The normal distribution of vectors x [d] with covariance matrix Σ = W·Wᵀ + D, W of low rank r and D diagonal, with
 * density exp(−(x − loc)ᵀ·Σ⁻¹·(x − loc)/2) / √((2π)ᵈ·|Σ|). Only matrices of r × r are factorized.
 *
 * With A = D^(−½)·W and e = D^(−½)·(x − loc), the quadratic form is the least value of |e − A·u|² + |u|² over u, taken
 * at u = (I + AᵀA)⁻¹·Aᵀe: a sum of squares, where Woodbury's difference would cancel. |Σ| = |D|·|I + AᵀA|.
 *
 * @param loc the mean, of shape [..., d].
 * @param covFactor W, of shape [..., d, r].
 * @param covDiag the diagonal of D, variances > 0, of shape [..., d].
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not match or broadcast.
 * @see Petersen and Pedersen, The Matrix Cookbook (2012), §3.2; NumPyro's LowRankMultivariateNormal.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { multivariateNormalLowRank } from '@variate/distributions'
 *
 * const d = multivariateNormalLowRank([0, 0, 0], [[1], [1], [1]], [1, 1, 2])
 * d.covarianceMatrix().arraySync() // => [[2, 1, 1], [1, 2, 1], [1, 1, 3]]
 * d.logProb([1, 0, 2]).arraySync() // => -4.658342
 * ```
 */
export function multivariateNormalLowRank(
  loc: Vectors,
  covFactor: Vectors,
  covDiag: Vectors,
): MultivariateNormalLowRank {
  const who = 'multivariateNormalLowRank'
  const center = sized(loc, 1, `${who}: loc`)
  const factor = sized(covFactor, 2, `${who}: covFactor`, false)
  const diagonal = sized(covDiag, 1, `${who}: covDiag`)
  const length = center.event[0]!
  checkLengths(who, 'loc', length, 'covFactor', factor.event[0]!)
  checkLengths(who, 'loc', length, 'covDiag', diagonal.event[0]!)
  const base = define(
    who,
    {
      loc: [center.value as Numbers, realVector],
      covFactor: [factor.value as Numbers, realMatrix],
      covDiag: [diagonal.value as Numbers, positiveVector],
    },
    {
      support: realVector,
      eventShape: [length],
      reparameterized: true,
      draw: (p, key, shape) => {
        const [first, second] = splitKey(key)
        const common = drawNormal(first!, [...shape.slice(0, -1), factor.event[1]!])
        const own = mul(sqrt(p.covDiag), drawNormal(second!, shape))
        return add(p.loc, add(matVec(p.covFactor as Tensor, common), own))
      },
      logProb: (p, x) => {
        const { A, K } = whitened(p)
        const e = div(sub(x, p.loc), sqrt(p.covDiag)) as Tensor
        const right = matMul(A, withAxes(e, 1) as Tensor, { transposeA: true })
        const column = solvePositive(K, right)
        const u = reshape(column, column.shape.slice(0, -1))
        const quadratic = add(squaredLength(sub(e, matVec(A, u))), squaredLength(u))
        return sub(mul(-0.5, quadratic), add(halfLogDet(p), length * HALF_LOG_TWO_PI))
      },
      mean: ({ loc }) => loc,
      variance: ({ covFactor, covDiag }) => add(squaredLength(covFactor as Tensor), covDiag),
      entropy: (p) => add(halfLogDet(p), length * (HALF_LOG_TWO_PI + 0.5)),
    },
  )
  return withCovariance(base, ({ covFactor, covDiag }) => {
    const factor = covFactor as Tensor
    return add(matMul(factor, factor, { transposeB: true }), diag(covDiag as Tensor))
  }) as unknown as MultivariateNormalLowRank
}

type Parameters = Resolved<'loc' | 'covFactor' | 'covDiag'>

/** A = D^(−½)·W and K = I + AᵀA. */
function whitened({ covFactor, covDiag }: Parameters): { A: Tensor; K: Tensor } {
  const A = div(covFactor, sqrt(withAxes(covDiag, 1))) as Tensor
  return { A, K: add(matMul(A, A, { transposeA: true }), eye(A.shape.at(-1)!)) }
}

function halfLogDet(p: Parameters): Tensor {
  return mul(0.5, add(sum(log(p.covDiag as Tensor), -1), logDeterminant(whitened(p).K)))
}
