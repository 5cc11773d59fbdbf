import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { compile } from '@variate/compile'
import { key, NdArray } from '@variate/core'
import { add, constant, keyTensor, mul, square } from '@variate/core/ops'
import {
  asymmetricLaplace,
  cauchy,
  expand,
  exponential,
  gamma,
  gaussianRandomWalk,
  gumbel,
  halfCauchy,
  halfNormal,
  independent,
  inverseGamma,
  laplace,
  logistic,
  logNormal,
  logUniform,
  matrixNormal,
  multivariateNormal,
  multivariateNormalDiag,
  multivariateNormalLowRank,
  multivariateStudentT,
  normal,
  pareto,
  rayleigh,
  skewNormal,
  studentT,
  uniform,
  weibull,
  type Distribution,
} from '@variate/distributions'
import { model } from '@variate/language'
import { bind, deviationsAt, draws, logProbs, uncentered } from '@variate/language/internal'
import { checkLeaks } from './leaks.ts'

checkLeaks()

/** A distribution moved and stretched by a and s; its value at a deviation, and log |det| of the value's Jacobian there. */
interface Case {
  readonly of: (a: Tensor, s: Tensor) => Distribution
  readonly value: (z: readonly number[], a: number, s: number) => readonly number[]
  readonly logDet: (z: readonly number[], a: number, s: number) => number
  /** A deviation for each of two elements. */
  readonly at?: readonly [readonly number[], readonly number[]]
  readonly shape?: readonly number[]
}

const { log, exp } = Math
const located = (of: Case['of']): Case => ({
  of,
  value: ([z], a, s) => [a + s * z!],
  logDet: (_, __, s) => log(s),
  at: [[-0.8], [1.7]],
})
const scaled = (of: (s: Tensor) => Distribution): Case => ({
  of: (_, s) => of(s),
  value: ([z], _, s) => [s * z!],
  logDet: (_, __, s) => log(s),
})
const rated = (of: (s: Tensor) => Distribution): Case => ({
  of: (_, s) => of(s),
  value: ([z], _, s) => [z! / s],
  logDet: (_, __, s) => -log(s),
})

// L = s·[[1, 0], [0.5, 2]], L·Lᵀ = s²·[[1, 0.5], [0.5, 4.25]].
const PAIRS = { shape: [2], at: [[0.3, -1.2], [2.1, 0.4]] } as const // prettier-ignore
const pairLoc = (a: Tensor): Tensor => mul(a, constant([1, 2]))
const lower = (s: Tensor): Tensor => mul(s, constant([[1, 0], [0.5, 2]])) // prettier-ignore
const spread = (of: Case['of']): Case => ({
  of,
  ...PAIRS,
  value: ([z, w], a, s) => [a + s * z!, 2 * a + s * (0.5 * z! + 2 * w!)],
  logDet: (_, __, s) => 2 * log(s) + log(2),
})

const CASES: Readonly<Record<string, Case>> = {
  normal: located((a, s) => normal(a, s)),
  cauchy: located((a, s) => cauchy(a, s)),
  studentT: located((a, s) => studentT(3.5, a, s)),
  laplace: located((a, s) => laplace(a, s)),
  asymmetricLaplace: located((a, s) => asymmetricLaplace(a, s, 1.7)),
  logistic: located((a, s) => logistic(a, s)),
  gumbel: located((a, s) => gumbel(a, s)),
  skewNormal: located((a, s) => skewNormal(a, s, 2)),
  'normal of a known scale': {
    ...located((a) => normal(a, 1)),
    value: ([z], a) => [a + z!],
    logDet: () => 0,
  },
  halfNormal: scaled((s) => halfNormal(s)),
  halfCauchy: scaled((s) => halfCauchy(s)),
  rayleigh: scaled((s) => rayleigh(s)),
  weibull: scaled((s) => weibull(s, 1.6)),
  pareto: { ...scaled((s) => pareto(s, 3)), at: [[1.2], [2.5]] },
  inverseGamma: scaled((s) => inverseGamma(2.5, s)),
  exponential: rated((s) => exponential(s)),
  gamma: rated((s) => gamma(2.5, s)),
  uniform: { ...located((a, s) => uniform(a, add(a, s))), at: [[0.2], [0.9]] },
  logUniform: {
    of: (_, s) => logUniform(s, mul(5, s)),
    value: ([z], _, s) => [s * 5 ** z!],
    logDet: ([z], _, s) => log(s) + z! * log(5) + log(log(5)),
  },
  logNormal: {
    of: (a, s) => logNormal(a, s),
    value: ([z], a, s) => [exp(a + s * z!)],
    logDet: ([z], a, s) => a + s * z! + log(s),
    at: [[-0.8], [1.7]],
  },
  multivariateNormal: spread((a, s) => multivariateNormal(pairLoc(a), { scaleTril: lower(s) })),
  'multivariateNormal by its covariance': spread(
    (a, s) =>
    multivariateNormal(pairLoc(a), { covariance: mul(square(s), constant([[1, 0.5], [0.5, 4.25]])) }), // prettier-ignore
  ),
  'multivariateNormal by its precision': {
    ...PAIRS,
    of: (a, s) =>
      multivariateNormal(pairLoc(a), { precision: mul(square(s), constant([[1, 0.5], [0.5, 4.25]])) }), // prettier-ignore
    value: ([z, w], a, s) => [a + (z! - 0.25 * w!) / s, 2 * a + (0.5 * w!) / s],
    logDet: (_, __, s) => -2 * log(s) - log(2),
  },
  multivariateNormalLowRank: spread((a, s) =>
    multivariateNormalLowRank(
      pairLoc(a),
      mul(s, constant([[0.5], [1]])),
      mul(square(s), constant([0.75, 3.25])),
    ),
  ),
  multivariateNormalDiag: {
    ...PAIRS,
    of: (a, s) => multivariateNormalDiag(pairLoc(a), mul(s, constant([1, 3]))),
    value: ([z, w], a, s) => [a + s * z!, 2 * a + 3 * s * w!],
    logDet: (_, __, s) => 2 * log(s) + log(3),
  },
  multivariateStudentT: spread((a, s) => multivariateStudentT(4, pairLoc(a), { scaleTril: lower(s) })),
  matrixNormal: {
    of: (a, s) => matrixNormal(mul(a, constant([[1, 0], [0, 1]])), lower(s), [[1, 0], [1, 3]]), // prettier-ignore
    // R·Z = s·[[p, q], [p/2 + 2·r, q/2 + 2·t]] for Z = [[p, q], [r, t]], and each row times Cᵀ = [[1, 1], [0, 3]].
    value: ([p, q, r, t], a, s) => [
      a + s * p!,
      s * (p! + 3 * q!),
      s * (p! / 2 + 2 * r!),
      a + s * (p! / 2 + 2 * r! + 3 * (q! / 2 + 2 * t!)),
    ],
    logDet: (_, __, s) => 2 * (2 * log(s) + log(2)) + 2 * log(3),
    shape: [2, 2],
    at: [[0.3, -1.2, 0.5, 2], [2.1, 0.4, -0.7, 0.1]], // prettier-ignore
  },
  gaussianRandomWalk: {
    of: (_, s) => gaussianRandomWalk(s, 3),
    value: ([x, y, z], _, s) => [s * x!, s * (x! + y!), s * (x! + y! + z!)],
    logDet: (_, __, s) => 3 * log(s),
    shape: [3],
    at: [[0.3, -1.2, 0.5], [2.1, 0.4, -0.7]], // prettier-ignore
  },
  independent: {
    ...PAIRS,
    of: (a, s) => independent(normal(pairLoc(a), s)),
    value: ([z, w], a, s) => [a + s * z!, 2 * a + s * w!],
    logDet: (_, __, s) => 2 * log(s),
  },
  expand: {
    ...PAIRS,
    of: (a, s) => expand(gumbel(a, s), [2]),
    value: (z, a, s) => z.map((own) => a + s * own),
    logDet: (_, __, s) => 2 * log(s),
  },
}

const A = [0.7, -1.2]
const S = [1.3, 0.4]
type Arrays = Readonly<Record<string, NdArray<Float64Array>>>

test.each(Object.keys(CASES))(
  '%s: the density of the deviation is that of the value, by the change of variables',
  (name) => {
    const { of, value, logDet, at = [[0.2], [0.9]], shape = [] } = CASES[name]!
    const inPlate = model('m').plate('i', 2, (i) =>
      i
        .latent('a', normal(0, 1))
        .latent('s', halfNormal(1))
        .latent('theta', ({ a, s }) => of(a, s), { centered: false }),
    )
    const alone = model('m')
      .latent('a', normal(0, 1))
      .latent('s', halfNormal(1))
      .latent('theta', ({ a, s }) => of(a, s), { centered: false })
    const rows = at.map((z, i) => value(z, A[i]!, S[i]!))
    const dets = at.map((z, i) => logDet(z, A[i]!, S[i]!))
    expect(difference(inPlate, [2], [2, ...shape], A, S, rows.flat(), at.flat(), dets)).toBeLessThan(1e-12)
    expect(difference(alone, [], shape, [A[0]!], [S[0]!], rows[0]!, at[0]!, [dets[0]!])).toBeLessThan(1e-12)
  },
)

/** How far values, deviations and log densities at each other are from what they should be, relatively if they are above 1. */
function difference(
  { program }: Pick<ReturnType<typeof model>, 'program'>,
  plates: readonly number[],
  shape: readonly number[],
  a: readonly number[],
  s: readonly number[],
  value: readonly number[],
  deviation: readonly number[],
  dets: readonly number[],
): number {
  const bound = bind(program, {}, { who: 'test', needed: () => false })
  const made = uncentered(bound)
  expect([...made.deviations]).toEqual([['theta', 'theta.deviation']])
  const { sizes } = bound
  const array = (x: readonly number[], of = shape): NdArray => new NdArray(Float64Array.from(x), of)
  const options = { precision: 'float64' } as const
  const results = compile((given: Record<string, Tensor>, z: Tensor, x: Tensor) => {
    const before = logProbs(program, sizes, { ...given, theta: x })
    const after = logProbs(made.program, sizes, { ...given, 'theta.deviation': z })
    const drawn = draws(made.program, sizes, keyTensor(key(0)), { ...given, 'theta.deviation': z })
    return {
      before: before['theta']!,
      after: after['theta.deviation']!,
      value: drawn['theta']!,
      deviation: deviationsAt(made, sizes, { ...given, theta: x })['theta.deviation']!,
    }
  }, options)({ a: array(a, plates), s: array(s, plates) }, array(deviation), array(value)) as Arrays
  const logs = Array.from(results['after']!.data, (log, i) => log - dets[i]!)
  return Math.max(
    distance(results['value']!, value),
    distance(results['deviation']!, deviation),
    distance(results['before']!, logs),
  )
}

function distance({ data }: NdArray, expected: readonly number[]): number {
  expect(data.length).toBe(expected.length)
  return Math.max(...expected.map((x, i) => Math.abs(data[i]! - x) / Math.max(1, Math.abs(x))))
}
