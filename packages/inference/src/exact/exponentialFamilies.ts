import type { Tensor } from '@tensorflow/tfjs-core'
import { div, mul, neg, reshape, slice, sqrt } from '@variate/core/ops'
import {
  beta,
  betaPrime,
  dirichlet,
  gamma,
  halfNormal,
  invGaussian,
  inverseGamma,
  logNormal,
  type Capabilities,
  type Distribution,
  type ExponentialFamily,
} from '@variate/distributions'
import type { Domain } from './domains.ts'

type Member = Distribution & ExponentialFamily<unknown> & Pick<Capabilities, 'mean' | 'variance'>

/** An exponential family, as what has given natural parameters. */
export interface FamilyOfLatents {
  /** The name of the distribution. */
  readonly name: string
  readonly domain: Domain['name']
  /** How many statistics it has, of so many numbers. */
  count(size: number): number
  /** The member of natural parameters [...batch, count]. */
  member(eta: Tensor): Member
  /** Natural parameters of some member. */
  typical(size: number): Float64Array
  /** Whether there is a member of these natural parameters. */
  isProper(eta: Float64Array): boolean
  /** About where its member is, relative to 1. */
  scale(eta: Float64Array): number
  /** c with log x = c·T(x), if the logarithm of what is drawn is in the span of the statistics. */
  readonly log?: readonly number[]
}

/** The i-th number of vectors. */
const part = (eta: Tensor, i: number): Tensor => {
  const lead = eta.shape.slice(0, -1)
  return reshape(slice(eta, [...lead.map(() => 0), i], [...lead, 1]), lead)
}

const ofLine = (
  family: Pick<FamilyOfLatents, 'name' | 'domain' | 'isProper' | 'scale' | 'log'> & {
    readonly typical: readonly number[]
    readonly of: (...eta: readonly [Tensor, Tensor]) => Member
  },
): FamilyOfLatents => ({
  ...family,
  count: () => family.typical.length,
  typical: () => Float64Array.from(family.typical),
  member: (eta) => family.of(part(eta, 0), part(eta, family.typical.length - 1)),
})

/** The families whose latents are integrated: where one fits that is no family of the prior, the prior is in it all the same. */
export const FAMILIES: readonly FamilyOfLatents[] = [
  /* @__PURE__ */ ofLine({
    name: 'gamma',
    domain: 'positive',
    typical: [1, -1],
    of: (a, slope) => gamma(a, neg(slope) as Tensor),
    isProper: ([a, slope]) => a! > 0 && slope! < 0,
    scale: ([a, slope]) => -a! / slope!,
    log: [1, 0],
  }),
  /* @__PURE__ */ ofLine({
    name: 'inverseGamma',
    domain: 'positive',
    typical: [-1, -1],
    of: (power, slope) => inverseGamma(neg(power) as Tensor, neg(slope) as Tensor),
    isProper: ([power, slope]) => power! < 0 && slope! < 0,
    scale: ([power, slope]) => -slope! / (1 - power!),
    log: [1, 0],
  }),
  /* @__PURE__ */ ofLine({
    name: 'logNormal',
    domain: 'positive',
    typical: [0, -0.5],
    of: (first, second) => {
      const variance = div(-0.5, second)
      return logNormal(mul(first, variance) as Tensor, sqrt(variance) as Tensor)
    },
    isProper: ([, second]) => second! < 0,
    scale: ([first, second]) => Math.exp((-0.5 * first!) / second!),
    log: [1, 0],
  }),
  /* @__PURE__ */ ofLine({
    name: 'betaPrime',
    domain: 'positive',
    typical: [1, 1],
    of: (a, b) => betaPrime(a, b),
    isProper: ([a, b]) => a! > 0 && b! > 0,
    scale: ([a, b]) => a! / b!,
    log: [1, -1],
  }),
  /* @__PURE__ */ ofLine({
    name: 'invGaussian',
    domain: 'positive',
    typical: [-0.5, -0.5],
    of: (slope, inverse) => invGaussian(sqrt(div(inverse, slope)) as Tensor, mul(-2, inverse) as Tensor),
    isProper: ([slope, inverse]) => slope! < 0 && inverse! < 0,
    scale: ([slope, inverse]) => Math.sqrt(inverse! / slope!),
  }),
  /* @__PURE__ */ ofLine({
    name: 'halfNormal',
    domain: 'positive',
    typical: [-0.5],
    of: (slope) => halfNormal(sqrt(div(-0.5, slope)) as Tensor),
    isProper: ([slope]) => slope! < 0,
    scale: ([slope]) => Math.sqrt(-0.5 / slope!),
  }),
  /* @__PURE__ */ ofLine({
    name: 'beta',
    domain: 'unit',
    typical: [1, 1],
    of: (a, b) => beta(a, b),
    isProper: ([a, b]) => a! > 0 && b! > 0,
    scale: () => 1,
    log: [1, 0],
  }),
  {
    name: 'dirichlet',
    domain: 'simplex',
    count: (size) => size,
    typical: (size) => new Float64Array(size).fill(1),
    member: (eta) => dirichlet(eta),
    isProper: (eta) => Array.from(eta).every((a) => a > 0),
    scale: () => 1,
  },
]
