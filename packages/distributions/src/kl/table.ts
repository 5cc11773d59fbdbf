import { div, type Real } from '@variate/core/ops'
import type { Resolved } from '../define.ts'
import { bernoulliBernoulli } from './bernoulliBernoulli.ts'
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
import { laplaceNormal } from './laplaceNormal.ts'
import { matrixNormalMatrixNormal } from './matrixNormalMatrixNormal.ts'
import { multinomialMultinomial } from './multinomialMultinomial.ts'
import { negativeBinomialNegativeBinomial } from './negativeBinomialNegativeBinomial.ts'
import { normalLaplace } from './normalLaplace.ts'
import { normalNormal } from './normalNormal.ts'
import { paretoExponential } from './paretoExponential.ts'
import { paretoPareto } from './paretoPareto.ts'
import { poissonPoisson } from './poissonPoisson.ts'
import { rayleighRayleigh } from './rayleighRayleigh.ts'
import { uniformBeta } from './uniformBeta.ts'
import { uniformNormal } from './uniformNormal.ts'
import { uniformUniform } from './uniformUniform.ts'
import { vonMisesVonMises } from './vonMisesVonMises.ts'
import { weibullGamma } from './weibullGamma.ts'
import { weibullWeibull } from './weibullWeibull.ts'
import { inverseWishartInverseWishart, wishartWishart } from './wishartWishart.ts'

/** KL(p‖q) from the parameters of both. */
export type Formula = (p: never, q: never) => Real

type Gamma = Resolved<'concentration' | 'rate'>

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
  readonly bernoulli: 'bernoulli'
  readonly beta: 'beta'
  readonly binomial: 'binomial'
  readonly categorical: 'categorical'
  readonly cauchy: 'cauchy'
  readonly chiSquared: 'chiSquared' | 'gamma'
  readonly continuousBernoulli: 'continuousBernoulli'
  readonly dirichlet: 'dirichlet'
  readonly discreteUniform: 'discreteUniform'
  readonly exponential: 'exponential' | 'gamma'
  readonly gamma: 'exponential' | 'gamma'
  readonly geometric: 'geometric'
  readonly gumbel: 'gumbel'
  readonly halfNormal: 'halfNormal'
  readonly invGaussian: 'invGaussian'
  readonly inverseGamma: 'inverseGamma'
  readonly inverseWishart: 'inverseWishart'
  readonly kumaraswamy: 'beta'
  readonly laplace: 'laplace' | 'normal'
  readonly logNormal: 'logNormal'
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
  readonly normal: 'laplace' | 'normal'
  readonly oneHotCategorical: 'oneHotCategorical'
  readonly pareto: 'exponential' | 'pareto'
  readonly poisson: 'poisson'
  readonly rayleigh: 'rayleigh'
  readonly uniform: 'beta' | 'normal' | 'uniform'
  readonly vonMises: 'vonMises'
  readonly weibull: 'gamma' | 'weibull'
  readonly wishart: 'wishart'
}

/** The formula of each pair of distributions that has one: `table[p.name][q.name]`. */
export const table: { readonly [P in keyof Pairs]: { readonly [Q in Pairs[P]]: Formula } } = {
  bernoulli: { bernoulli: bernoulliBernoulli },
  beta: { beta: betaBeta },
  binomial: { binomial: binomialBinomial },
  categorical: { categorical: categoricalCategorical },
  cauchy: { cauchy: cauchyCauchy },
  chiSquared: {
    chiSquared: (p: Resolved<'df'>, q: Resolved<'df'>): Real => gammaGamma(ofDf(p), ofDf(q)),
    gamma: (p: Resolved<'df'>, q: Gamma): Real => gammaGamma(ofDf(p), q),
  },
  continuousBernoulli: { continuousBernoulli: continuousBernoulliContinuousBernoulli },
  dirichlet: { dirichlet: dirichletDirichlet },
  discreteUniform: { discreteUniform: discreteUniformDiscreteUniform },
  exponential: {
    exponential: exponentialExponential,
    gamma: (p: Resolved<'rate'>, q: Gamma): Real => gammaGamma(ofRate(p), q),
  },
  gamma: {
    exponential: (p: Gamma, q: Resolved<'rate'>): Real => gammaGamma(p, ofRate(q)),
    gamma: gammaGamma,
  },
  geometric: { geometric: geometricGeometric },
  gumbel: { gumbel: gumbelGumbel },
  halfNormal: { halfNormal: halfNormalHalfNormal },
  invGaussian: { invGaussian: invGaussianInvGaussian },
  inverseGamma: { inverseGamma: gammaGamma },
  inverseWishart: { inverseWishart: inverseWishartInverseWishart },
  kumaraswamy: { beta: kumaraswamyBeta },
  laplace: { laplace: laplaceLaplace, normal: laplaceNormal },
  logNormal: { logNormal: normalNormal },
  matrixNormal: { matrixNormal: matrixNormalMatrixNormal },
  multinomial: { multinomial: multinomialMultinomial },
  multivariateNormal: gaussians,
  multivariateNormalDiag: gaussians,
  multivariateNormalLowRank: gaussians,
  negativeBinomial: { negativeBinomial: negativeBinomialNegativeBinomial },
  normal: { laplace: normalLaplace, normal: normalNormal },
  oneHotCategorical: { oneHotCategorical: categoricalCategorical },
  pareto: { exponential: paretoExponential, pareto: paretoPareto },
  poisson: { poisson: poissonPoisson },
  rayleigh: { rayleigh: rayleighRayleigh },
  uniform: { beta: uniformBeta, normal: uniformNormal, uniform: uniformUniform },
  vonMises: { vonMises: vonMisesVonMises },
  weibull: { gamma: weibullGamma, weibull: weibullWeibull },
  wishart: { wishart: wishartWishart },
}
