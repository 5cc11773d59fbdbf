import '@tensorflow/tfjs-backend-cpu'
import {
  leaveOneOut,
  reparameterization,
  scoreFunction,
  stickingTheLanding,
  type Estimator,
} from '@variate/estimators'
import { expect, test } from 'vitest'
import { estimatesOf, momentsOf } from './estimatesOf.ts'
import { gaussian, gaussianAt, type Numbers } from './smallProblems.ts'

// With z = m + s·ε, log p(x, z) is a parabola in z, with its top at M and of curvature Λ, and
//
//   f = log p − log q = a + b·ε + c·ε²,  b = −Λ(m − M)s,  c = ½(1 − Λs²),  a = log p at z = m, + log s + ½ log 2π.
//
// In m and log s the scores of q are ε/s and ε² − 1, and ∂z is 1 and s·ε; E ε² = 1, E ε⁴ = 3, E ε⁶ = 15, E ε⁸ = 105.

/** Of a number for m, and one for log s. */
interface Pair {
  readonly m: number
  readonly s: number
}

const X = 1.5
const logNormal = (x: number, loc: number, scale: number): number =>
  -0.5 * ((x - loc) / scale) ** 2 - Math.log(scale) - 0.5 * Math.log(2 * Math.PI)

function parabola({ model, guide }: Numbers) {
  const [mu, noise, m, s] = [model['mu']!, Math.exp(model['logNoise']!), guide['m']!, Math.exp(guide['s']!)]
  const curvature = 1 + 1 / noise ** 2
  const top = (mu + X / noise ** 2) / curvature
  const atMean = logNormal(m, mu, 1) + logNormal(X, m, noise)
  return {
    a: atMean + Math.log(s) + 0.5 * Math.log(2 * Math.PI),
    b: -curvature * (m - top) * s,
    c: 0.5 * (1 - curvature * s ** 2),
    s,
    curvature,
  }
}

type Parabola = ReturnType<typeof parabola>

/** E f·score: of every estimator. */
const mean = ({ b, c, s }: Parabola): Pair => ({ m: b / s, s: 2 * c })

/**
 * Of the path: ∂z·(log p)' = ∂z·(b − Λs²·ε)/s, and 1 more for log s, by the entropy: a number times ε, and b·ε − Λs²·ε² + 1. ε and ε²
 * do not go together, and ε² has variance 2.
 */
const ofPath = ({ b, s, curvature }: Parabola): Pair => ({
  m: (curvature * s) ** 2,
  s: b ** 2 + 2 * (curvature * s ** 2) ** 2,
})

/** Of the path of f under parameters that are held: ∂z·f' = ∂z·(b + 2c·ε)/s: 0 where q is the posterior. */
const ofHeldPath = ({ b, c, s }: Parabola): Pair => ({
  m: (2 * c) ** 2 / s ** 2,
  s: b ** 2 + 2 * (2 * c) ** 2,
})

/** E (f·score)² less the square of the mean, of f with any constant a. Odd powers vanish. */
const ofScore = ({ a, b, c, s }: Pick<Parabola, 'a' | 'b' | 'c' | 's'>): Pair => ({
  m: (a ** 2 + 3 * b ** 2 + 15 * c ** 2 + 6 * a * c - b ** 2) / s ** 2,
  // E (ε² − 1)² = 2, E ε²(ε² − 1)² = 10, E ε⁴(ε² − 1)² = 78.
  s: 2 * a ** 2 + 10 * (b ** 2 + 2 * a * c) + 78 * c ** 2 - 4 * c ** 2,
})

/**
 * With leave-one-out baselines it is the mean of k = ½(f₁ − f₂)(score₁ − score₂) over all pairs of P particles, whose variance is
 * (4(P − 2)·Var E[k | ε₁] + 2·Var k)/(P(P − 1)) (Hoeffding 1948). 2·E[k | ε₁] is (f − E f)·score and a constant, E f being a + c; and with
 * Δ = ε₁ − ε₂ and Σ = ε₁ + ε₂, which are independent with variance 2, k is ½Δ²(b + cΣ)/s and ½Δ²Σ(b + cΣ).
 */
function ofLeaveOneOut(of: Parabola, particles: number): Pair {
  const { b, c, s } = of
  const single = ofScore({ ...of, a: -c })
  const pair = {
    m: (12 * (b ** 2 + 2 * c ** 2)) / 4 / s ** 2 - (b / s) ** 2,
    s: 3 * (2 * b ** 2 + 12 * c ** 2) - 4 * c ** 2,
  }
  const of2 = (name: keyof Pair): number =>
    ((particles - 2) * single[name] + 2 * pair[name]) / (particles * (particles - 1))
  return { m: of2('m'), s: of2('s') }
}

const over = ({ m, s }: Pair, particles: number): Pair => ({ m: m / particles, s: s / particles })

const own = parabola(gaussianAt)
const COUNT = 100_000

test.each<[string, Estimator, Pair]>([
  ['reparameterization', reparameterization(), ofPath(own)],
  ['reparameterization, 3 particles', reparameterization({ particles: 3 }), over(ofPath(own), 3)],
  ['sticking the landing', stickingTheLanding(), ofHeldPath(own)],
  ['sticking the landing, 3 particles', stickingTheLanding({ particles: 3 }), over(ofHeldPath(own), 3)],
  ['score function', scoreFunction(), ofScore(own)],
  ['score function, 3 particles', scoreFunction({ particles: 3 }), over(ofScore(own), 3)],
  [
    'leave one out, 2 particles',
    scoreFunction({ baseline: leaveOneOut(), particles: 2 }),
    ofLeaveOneOut(own, 2),
  ],
  [
    'leave one out, 5 particles',
    scoreFunction({ baseline: leaveOneOut(), particles: 5 }),
    ofLeaveOneOut(own, 5),
  ],
])(
  'the gradient of a normal has the mean and the variance that moments of ε tell: %s',
  (_, estimator, exact) => {
    const estimates = estimatesOf(estimator, gaussian, gaussianAt, COUNT)
    for (const name of ['m', 's'] as const) {
      const { mean: center, variance, ofMean, ofVariance } = momentsOf(estimates[name]!)
      expect(Math.abs(center - mean(own)[name])).toBeLessThan(4 * ofMean)
      expect(
        Math.abs(variance - exact[name]),
        `${name}: ${variance} ± ${ofVariance}, expected ${exact[name]}`,
      ).toBeLessThan(4 * ofVariance)
    }
  },
)

test('at the posterior the path of a held density does not vary at all, and the others do', () => {
  const { model } = gaussianAt
  const noise = Math.exp(model['logNoise']!)
  const curvature = 1 + 1 / noise ** 2
  const guide = { m: (model['mu']! + X / noise ** 2) / curvature, s: -0.5 * Math.log(curvature) }
  const variances = (estimator: Estimator): readonly number[] => {
    const estimates = estimatesOf(estimator, gaussian, { model, guide }, 1000)
    return ['m', 's'].map((name) => momentsOf(estimates[name]!).variance)
  }
  for (const x of variances(stickingTheLanding())) expect(x).toBeLessThan(1e-24)
  for (const x of variances(scoreFunction({ baseline: leaveOneOut() }))) expect(x).toBeLessThan(1e-24)
  const [m, s] = variances(reparameterization())
  expect(m).toBeGreaterThan(0.8 * curvature)
  expect(s).toBeGreaterThan(1.5)
})
