import {
  add,
  digammaDifference,
  div,
  lgamma,
  log,
  log1p,
  mul,
  neg,
  square,
  sub,
  tiltCumulant,
  type Real,
} from '@variate/core/ops'
import type { Resolved } from '../define.ts'
import type { Capabilities } from '../distribution.ts'
import { momentIf } from '../momentIf.ts'
import { bernoulliBernoulli } from './bernoulliBernoulli.ts'
import { bernoulliPoisson } from './bernoulliPoisson.ts'
import { betaBeta } from './betaBeta.ts'
import { binomialBinomial } from './binomialBinomial.ts'
import { categoricalCategorical } from './categoricalCategorical.ts'
import { cauchyCauchy } from './cauchyCauchy.ts'
import { continuousBernoulliContinuousBernoulli } from './continuousBernoulliContinuousBernoulli.ts'
import { dirichletDirichlet } from './dirichletDirichlet.ts'
import { discreteUniformDiscreteUniform } from './discreteUniformDiscreteUniform.ts'
import { exponentialExponential } from './exponentialExponential.ts'
import { gammaGamma } from './gammaGamma.ts'
import { gaussianGaussian } from './gaussianGaussian.ts'
import { geometricGeometric } from './geometricGeometric.ts'
import { gumbelGumbel } from './gumbelGumbel.ts'
import { halfNormalHalfNormal } from './halfNormalHalfNormal.ts'
import { invGaussianInvGaussian } from './invGaussianInvGaussian.ts'
import { kumaraswamyBeta } from './kumaraswamyBeta.ts'
import { laplaceLaplace } from './laplaceLaplace.ts'
import { matrixNormalMatrixNormal } from './matrixNormalMatrixNormal.ts'
import { multinomialMultinomial } from './multinomialMultinomial.ts'
import { negativeBinomialNegativeBinomial } from './negativeBinomialNegativeBinomial.ts'
import { normalLaplace } from './normalLaplace.ts'
import { normalNormal } from './normalNormal.ts'
import type { Weighted } from './outcomes.ts'
import { paretoPareto } from './paretoPareto.ts'
import { poissonPoisson } from './poissonPoisson.ts'
import { rayleighRayleigh } from './rayleighRayleigh.ts'
import { toContinuousBernoulli } from './toContinuousBernoulli.ts'
import { toExponential } from './toExponential.ts'
import { toGamma } from './toGamma.ts'
import { toGumbel } from './toGumbel.ts'
import { toNormal } from './toNormal.ts'
import { toUniform } from './toUniform.ts'
import { ifWithin, meanLog, uniformBeta } from './uniformBeta.ts'
import { uniformUniform } from './uniformUniform.ts'
import { vonMisesVonMises } from './vonMisesVonMises.ts'
import { weibullWeibull } from './weibullWeibull.ts'
import { inverseWishartInverseWishart, wishartWishart } from './wishartWishart.ts'

/** KL(p‖q) from the parameters of both, and from the moments of p. */
export type Formula = (p: never, q: never, moments: never) => Real

type Gamma = Resolved<'concentration' | 'rate'>
type Rate = Resolved<'rate'>
type LocScale = Resolved<'loc' | 'scale'>
type Ends = Resolved<'high' | 'low'>
type Moments = Pick<Capabilities, 'mean' | 'variance' | 'entropy'>

const EULER_GAMMA = 0.5772156649015329

/** Exponential and χ² distributions as gamma distributions. */
const ofRate = ({ rate }: Resolved<'rate'>): Gamma => ({ concentration: 1, rate })
const ofDf = ({ df }: Resolved<'df'>): Gamma => ({ concentration: div(df, 2), rate: 0.5 })

/** Multivariate normals in any form. */
const gaussians = {
  multivariateNormal: gaussianGaussian,
  multivariateNormalDiag: gaussianGaussian,
  multivariateNormalLowRank: gaussianGaussian,
}

/** The names of the pairs that have a closed form: for each p those of q. */
export interface Pairs {
  readonly bernoulli: 'bernoulli' | 'poisson'
  readonly beta: 'beta' | 'continuousBernoulli' | 'exponential' | 'gamma' | 'normal' | 'uniform'
  readonly binomial: 'binomial'
  readonly categorical: 'categorical'
  readonly cauchy: 'cauchy'
  readonly chiSquared: 'chiSquared' | 'gamma'
  readonly continuousBernoulli: 'continuousBernoulli' | 'exponential' | 'normal' | 'uniform'
  readonly dirichlet: 'dirichlet'
  readonly discreteUniform: 'discreteUniform'
  readonly exponential: 'exponential' | 'gamma' | 'gumbel' | 'normal'
  readonly gamma: 'exponential' | 'gamma' | 'gumbel' | 'normal'
  readonly geometric: 'geometric'
  readonly gumbel: 'gumbel' | 'normal'
  readonly halfNormal: 'exponential' | 'halfNormal'
  readonly invGaussian: 'invGaussian'
  readonly inverseGamma: 'inverseGamma'
  readonly inverseWishart: 'inverseWishart'
  readonly kumaraswamy: 'beta'
  readonly laplace: 'laplace' | 'normal'
  readonly logNormal: 'exponential' | 'gamma' | 'logNormal'
  readonly logistic: 'normal'
  readonly matrixNormal: 'matrixNormal'
  readonly multinomial: 'multinomial'
  readonly multivariateNormal: 'multivariateNormal' | 'multivariateNormalDiag' | 'multivariateNormalLowRank'
  readonly multivariateNormalDiag:
    | 'multivariateNormal'
    | 'multivariateNormalDiag'
    | 'multivariateNormalLowRank'
  readonly multivariateNormalLowRank:
    | 'multivariateNormal'
    | 'multivariateNormalDiag'
    | 'multivariateNormalLowRank'
  readonly negativeBinomial: 'negativeBinomial'
  readonly normal: 'gumbel' | 'laplace' | 'normal'
  readonly oneHotCategorical: 'oneHotCategorical'
  readonly pareto: 'exponential' | 'gamma' | 'normal' | 'pareto'
  readonly poisson: 'poisson'
  readonly rayleigh: 'rayleigh'
  readonly uniform: 'beta' | 'continuousBernoulli' | 'exponential' | 'gamma' | 'gumbel' | 'normal' | 'uniform'
  readonly vonMises: 'vonMises'
  readonly weibull: 'exponential' | 'gamma' | 'weibull'
  readonly wishart: 'wishart'
}

/** The formula of each pair of distributions that has one: `table[p.name][q.name]`. */
export const table: { readonly [P in keyof Pairs]: { readonly [Q in Pairs[P]]: Formula } } = {
  bernoulli: { bernoulli: bernoulliBernoulli, poisson: bernoulliPoisson },
  beta: {
    beta: betaBeta,
    continuousBernoulli: toContinuousBernoulli,
    exponential: toExponential,
    gamma: (p: Resolved<'concentration1' | 'concentration0'>, q: Gamma, m: Moments): Real =>
      toGamma(neg(digammaDifference(p.concentration1, p.concentration0)), q, m),
    normal: toNormal,
    uniform: toUniform,
  },
  binomial: { binomial: binomialBinomial },
  categorical: { categorical: categoricalCategorical },
  cauchy: { cauchy: cauchyCauchy },
  chiSquared: {
    chiSquared: (p: Resolved<'df'>, q: Resolved<'df'>): Real => gammaGamma(ofDf(p), ofDf(q)),
    gamma: (p: Resolved<'df'>, q: Gamma): Real => gammaGamma(ofDf(p), q),
  },
  continuousBernoulli: {
    continuousBernoulli: continuousBernoulliContinuousBernoulli,
    exponential: toExponential,
    normal: toNormal,
    uniform: toUniform,
  },
  dirichlet: { dirichlet: dirichletDirichlet },
  discreteUniform: { discreteUniform: discreteUniformDiscreteUniform },
  exponential: {
    exponential: exponentialExponential,
    gamma: (p: Rate, q: Gamma): Real => gammaGamma(ofRate(p), q),
    gumbel: (p: Rate, q: LocScale, m: Moments): Real =>
      toGumbel((slope) => neg(log1p(neg(div(slope, p.rate)))), q, m),
    normal: toNormal,
  },
  gamma: {
    exponential: (p: Gamma, q: Rate): Real => gammaGamma(p, ofRate(q)),
    gamma: gammaGamma,
    gumbel: (p: Gamma, q: LocScale, m: Moments): Real =>
      toGumbel((slope) => mul(neg(p.concentration), log1p(neg(div(slope, p.rate)))), q, m),
    normal: toNormal,
  },
  geometric: { geometric: geometricGeometric },
  gumbel: { gumbel: gumbelGumbel, normal: toNormal },
  halfNormal: { exponential: toExponential, halfNormal: halfNormalHalfNormal },
  invGaussian: { invGaussian: invGaussianInvGaussian },
  inverseGamma: { inverseGamma: gammaGamma },
  inverseWishart: { inverseWishart: inverseWishartInverseWishart },
  kumaraswamy: { beta: kumaraswamyBeta },
  laplace: { laplace: laplaceLaplace, normal: toNormal },
  logNormal: {
    exponential: toExponential,
    gamma: ({ loc, scale }: LocScale, q: Gamma, m: Moments): Real =>
      toGamma(loc, q, m, mul(0.5, square(scale))),
    logNormal: normalNormal,
  },
  logistic: { normal: toNormal },
  matrixNormal: { matrixNormal: matrixNormalMatrixNormal },
  multinomial: { multinomial: multinomialMultinomial },
  multivariateNormal: gaussians,
  multivariateNormalDiag: gaussians,
  multivariateNormalLowRank: gaussians,
  negativeBinomial: { negativeBinomial: negativeBinomialNegativeBinomial },
  normal: {
    gumbel: ({ loc, scale }: LocScale, q: LocScale, m: Moments): Real =>
      toGumbel((slope) => add(mul(slope, loc), mul(0.5, square(mul(slope, scale)))), q, m),
    laplace: normalLaplace,
    normal: normalNormal,
  },
  oneHotCategorical: { oneHotCategorical: categoricalCategorical },
  pareto: {
    exponential: toExponential,
    gamma: (p: Resolved<'alpha' | 'scale'>, q: Gamma, m: Moments): Real => {
      const ofLog = div(1, p.alpha)
      const logRatio = momentIf(p.alpha, 1, (excess) => sub(log(div(p.alpha, excess)), ofLog))
      return toGamma(add(log(p.scale), ofLog), q, m, logRatio)
    },
    normal: toNormal,
    pareto: paretoPareto,
  },
  poisson: { poisson: poissonPoisson },
  rayleigh: { rayleigh: rayleighRayleigh },
  uniform: {
    beta: uniformBeta,
    continuousBernoulli: (p: Ends, q: Weighted, m: Moments): Real =>
      ifWithin(1, p, () => toContinuousBernoulli(p, q, m)),
    exponential: (p: Ends, q: Rate, m: Moments): Real => ifWithin(Infinity, p, () => toExponential(p, q, m)),
    gamma: (p: Ends, q: Gamma, m: Moments): Real =>
      ifWithin(Infinity, p, ({ low, high }) => toGamma(meanLog(low, high), q, m)),
    gumbel: ({ low, high }: Ends, q: LocScale, m: Moments): Real =>
      toGumbel((slope) => add(mul(slope, low), tiltCumulant(0, mul(slope, sub(high, low)))), q, m),
    normal: toNormal,
    uniform: uniformUniform,
  },
  vonMises: { vonMises: vonMisesVonMises },
  weibull: {
    exponential: toExponential,
    gamma: (p: Resolved<'concentration' | 'scale'>, q: Gamma, m: Moments): Real => {
      const k = p.concentration
      const ofLog = div(EULER_GAMMA, k)
      return toGamma(sub(log(p.scale), ofLog), q, m, add(lgamma(add(div(1, k), 1)), ofLog))
    },
    weibull: weibullWeibull,
  },
  wishart: { wishart: wishartWishart },
}
