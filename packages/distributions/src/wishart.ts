import type { Tensor } from '@tensorflow/tfjs-core'
import { add, diagPart, matMul, maximum, mul, outer, square, triangularSolve } from '@variate/core/ops'
import { greaterThan } from './constraints/greaterThan.ts'
import { positiveDefinite } from './constraints/positiveDefinite.ts'
import { define } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter, Reparameterized } from './distribution.ts'
import { SMALLEST } from './float32.ts'
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

/** Roots of what is drawn stay above the least float32. */
const LEAST_LOG_GAMMA = -160

export interface Wishart
  extends Distribution, Reparameterized, Pick<Capabilities, 'mean' | 'variance' | 'entropy'> {
  readonly name: 'wishart'
  /** Degrees of freedom. */
  readonly df: Parameter
  /** The lower Cholesky factor of the scale matrix, [..., p, p]; only if it was given. */
  readonly scaleTril?: Parameter
  /** The scale matrix, [..., p, p]; only if it was given. */
  readonly scale?: Parameter
}

/**
 * The Wishart distribution of symmetric positive definite matrices X [p, p], with density
 * |X|^((df − p − 1)/2)·exp(−tr(V⁻¹·X)/2) / (2^(df·p/2)·|V|^(df/2)·Γₚ(df/2)), V the scale matrix: that of the scatter
 * matrix of df normal vectors with covariance matrix V.
 *
 * @param df degrees of freedom, > p − 1.
 * @param options one of `scaleTril` (L, lower triangular with a positive diagonal, V = L·Lᵀ) and `scale` (V, symmetric
 * and positive definite), of shape [..., p, p].
 * @throws DomainError for parameters outside their domain, and unless exactly one matrix is given; ShapeError for
 * shapes that do not broadcast.
 * @see Gupta and Nagar, Matrix Variate Distributions (2000), ch. 3; draws by Bartlett's decomposition.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { wishart } from '@variate/distributions'
 *
 * const d = wishart(4, { scale: [[1, 0.5], [0.5, 2]] })
 * d.logProb([[3, 1], [1, 5]]).arraySync() // => -5.881017
 * d.mean().arraySync() // => [[4, 2], [2, 8]]
 * ```
 */
export function wishart(df: Numbers, options: ScaleOptions): Wishart {
  const who = 'wishart'
  const given = scaleOf(who, options)
  const [kind, [matrix, constraint]] = Object.entries(given)[0]!
  const scale = sized(matrix, 2, `${who}: ${kind}`)
  const p = scale.event[0]!
  const powers = Array.from({ length: p }, (_, i) => 1 - p + i)
  const change = (parameters: ScaleParameters & { readonly df: number | Tensor }): Change => ({
    concentrations: concentrations(parameters.df, p),
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
        const factor = drawFactor(key, shape, concentrations(parameters.df, p), LEAST_LOG_GAMMA)
        const matrix = squareOf(matMul(triangleOf(parameters), factor))
        return p === 1 ? maximum(matrix, SMALLEST) : matrix
      },
      logProb: (parameters, x) => {
        const all = change(parameters)
        return logDensityOfFactor(triangularSolve(all.L, factorOf(x)), all)
      },
      mean: (parameters) => mul(withAxes(parameters.df, 2), matrixOf(parameters)),
      variance: (parameters) => {
        const V = matrixOf(parameters)
        const d = diagPart(V)
        return mul(withAxes(parameters.df, 2), add(square(V), outer(d, d)))
      },
      entropy: (parameters) => entropyOfFactor(change(parameters)),
    },
  ) as Wishart
}
