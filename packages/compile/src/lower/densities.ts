import { allInDouble, type Formula } from '../wasm/inDouble.ts'
import {
  cauchyCdf,
  cauchyCurvature,
  cauchyLogDensity,
  cauchyQuantile,
  cauchySlope,
  halfCauchyQuantile,
} from '../wasm/maths/cauchy.ts'
import { cothExcess, cothExcessSlope } from '../wasm/maths/coth.ts'
import { betaEntropy, betaEntropySlope, gammaEntropy, gammaEntropySlope } from '../wasm/maths/entropies.ts'
import { interpolateLogs } from '../wasm/maths/interpolateLogs.ts'
import { inverseGaussianCdf } from '../wasm/maths/inverseGaussian.ts'
import {
  bernoulli,
  bernoulliRest,
  bernoulliSlope,
  kumaraswamyCdf,
  logKumaraswamyDensity,
  logOneMinusPower,
} from '../wasm/maths/kumaraswamy.ts'
import {
  logBetaDensity,
  logBetaDensityOfUnit,
  logOddsDensity,
  oddsDensity,
} from '../wasm/maths/logBetaDensity.ts'
import {
  gammaDensity,
  logGammaDensity,
  logGammaDensityOfRate,
  logInverseGammaDensity,
} from '../wasm/maths/logGammaDensity.ts'
import {
  logBinomialDensity,
  logBinomialTrials,
  logNegativeBinomialDensity,
  logNegativeBinomialTrials,
} from '../wasm/maths/logTrials.ts'
import { logRelaxedBernoulli } from '../wasm/maths/relaxed.ts'
import {
  inverseGaussianSlope,
  logInflated,
  logInverseGaussianDensity,
  logWeibullDensity,
} from '../wasm/maths/scaled.ts'
import {
  studentTCurvature,
  studentTDfCurvature,
  studentTDfSlope,
  studentTLogDensity,
  studentTMixed,
  studentTSlope,
} from '../wasm/maths/studentT.ts'
import { logTilt, tiltCdf, tiltQuantile } from '../wasm/maths/tilt.ts'
import { truncatedNormalOrigin } from '../wasm/maths/truncatedNormal.ts'
import { weibullLogMomentRatio } from '../wasm/maths/weibull.ts'

/** Log densities, their derivatives and what else belongs to one distribution, by the names that kernels of core have. */
export const DENSITIES: Readonly<Record<string, Formula>> = /* @__PURE__ */ allInDouble({
  bernoulli,
  bernoulliRest,
  bernoulliSlope,
  betaEntropy,
  betaEntropySlope,
  cauchyCdf,
  cauchyCurvature,
  cauchyLogDensity,
  cauchyQuantile,
  cauchySlope,
  cothExcess,
  cothExcessSlope,
  gammaDensity,
  gammaEntropy,
  gammaEntropySlope,
  halfCauchyQuantile,
  interpolateLogs,
  inverseGaussianCdf,
  inverseGaussianSlope,
  kumaraswamyCdf,
  logBetaDensity,
  logBetaDensityOfUnit,
  logBinomialDensity,
  logBinomialTrials,
  logGammaDensity,
  logGammaDensityOfRate,
  logInflated,
  logInverseGammaDensity,
  logInverseGaussianDensity,
  logKumaraswamyDensity,
  logNegativeBinomialDensity,
  logNegativeBinomialTrials,
  logOddsDensity,
  logOneMinusPower,
  logRelaxedBernoulli,
  logTilt,
  logWeibullDensity,
  oddsDensity,
  studentTCurvature,
  studentTDfCurvature,
  studentTDfSlope,
  studentTLogDensity,
  studentTMixed,
  studentTSlope,
  tiltCdf,
  tiltQuantile,
  truncatedNormalOrigin,
  weibullLogMomentRatio,
})
