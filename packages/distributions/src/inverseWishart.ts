import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  diagPart,
  div,
  greater,
  minimum,
  mul,
  outer,
  square,
  sub,
  transpose,
  triangularSolve,
  where,
} from '@variate/core/ops'
import { greaterThan } from './constraints/greaterThan.ts'
import { positiveDefinite } from './constraints/positiveDefinite.ts'
import { define } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter, Reparameterized } from './distribution.ts'
import { LARGEST } from './float32.ts'
import { sized } from './sized.ts'
import { withAxes } from './vectors.ts'
import {
  concentrations,
  drawFactor,
  entropyOfFactor,
  factorOf,
  logDensityOfFactor,
  matrixOf,
  scaleOf,
  squareOf,
  triangleOf,
  type Change,
  type ScaleOptions,
  type ScaleParameters,
} from './wishartFactor.ts'

/** Leaves room below the largest float32 for entries off the diagonal, which are products of inverses. */
const LEAST_LOG_GAMMA = -60
/** A number alone may reach the largest float32. */
const LEAST_LOG_GAMMA_OF_ONE = -160

export interface InverseWishart
  extends Distribution, Reparameterized, Pick<Capabilities, 'mean' | 'variance' | 'entropy'> {
  readonly name: 'inverseWishart'
  /** Degrees of freedom. */
  readonly df: Parameter
  /** The lower Cholesky factor of the scale matrix, [..., p, p]; only if it was given. */
  readonly scaleTril?: Parameter
  /** The scale matrix, [..., p, p]; only if it was given. */
  readonly scale?: Parameter
}

/**
 * The inverse Wishart distribution of symmetric positive definite matrices X [p, p], with density
 * |Ψ|^(df/2)·|X|^(−(df + p + 1)/2)·exp(−tr(Ψ·X⁻¹)/2) / (2^(df·p/2)·Γₚ(df/2)), Ψ the scale matrix: X⁻¹ has the Wishart
 * distribution with scale matrix Ψ⁻¹. With X = T·Tᵀ and Ψ = L·Lᵀ the density is that of T⁻¹·L.
 *
 * The mean exists for df > p + 1 and variances for df > p + 3: else they are NaN.
 *
 * @param df degrees of freedom, > p − 1.
 * @param options one of `scaleTril` (L, lower triangular with a positive diagonal, Ψ = L·Lᵀ) and `scale` (Ψ, symmetric
 * and positive definite), of shape [..., p, p].
 * @throws DomainError for parameters outside their domain, and unless exactly one matrix is given; ShapeError for
 * shapes that do not broadcast.
 * @see Gupta and Nagar, Matrix Variate Distributions (2000), §3.4.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { inverseWishart } from '@variate/distributions'
 *
 * const d = inverseWishart(6, { scale: [[1, 0.5], [0.5, 2]] })
 * d.logProb([[0.5, 0.1], [0.1, 1]]).arraySync() // => -2.758932
 * d.mean().arraySync() // => [[0.333333, 0.166667], [0.166667, 0.666667]]
 * ```
 */
export function inverseWishart(df: Numbers, options: ScaleOptions): InverseWishart {
  const who = 'inverseWishart'
  const given = scaleOf(who, options)
  const [kind, [matrix, constraint]] = Object.entries(given)[0]!
  const scale = sized(matrix, 2, `${who}: ${kind}`)
  const p = scale.event[0]!
  const powers = Array.from({ length: p }, (_, i) => 2 * p + 2 - i)
  const change = (parameters: ScaleParameters & { readonly df: number | Tensor }): Change => ({
    concentrations: concentrations(parameters.df, p, true),
    powers,
    L: triangleOf(parameters),
  })
  return define(
    who,
    { df: [df, greaterThan(p - 1)], [kind as 'scaleTril']: [scale.value as Numbers, constraint] },
    {
      support: positiveDefinite,
      eventShape: [p, p],
      reparameterized: true,
      draw: (parameters, key, shape) => {
        const least = p === 1 ? LEAST_LOG_GAMMA_OF_ONE : LEAST_LOG_GAMMA
        const factor = drawFactor(key, shape, concentrations(parameters.df, p, true), least)
        const columns = triangularSolve(factor, transpose(triangleOf(parameters)), { transpose: true })
        const matrix = squareOf(transpose(columns))
        return p === 1 ? minimum(matrix, LARGEST) : matrix
      },
      logProb: (parameters, x) => {
        const all = change(parameters)
        return logDensityOfFactor(triangularSolve(factorOf(x), all.L), all)
      },
      mean: (parameters) => {
        const excess = sub(withAxes(parameters.df, 2), p + 1)
        return div(matrixOf(parameters), where(greater(excess, 0), excess, NaN))
      },
      variance: (parameters) => {
        const Psi = matrixOf(parameters)
        const d = diagPart(Psi)
        const excess = sub(withAxes(parameters.df, 2), p)
        const top = add(mul(add(excess, 1), square(Psi)), mul(sub(excess, 1), outer(d, d)))
        const bottom = mul(mul(excess, square(sub(excess, 1))), sub(excess, 3))
        return div(top, where(greater(excess, 3), bottom, NaN))
      },
      entropy: (parameters) => entropyOfFactor(change(parameters)),
    },
  ) as InverseWishart
}
