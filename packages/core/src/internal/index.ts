// What the packages of Variate share beyond the public ops: kernels of single densities, and how kernels are made. It is no
// part of the public interface and may change in any version.
export { shown } from '../shown.ts'
export { indicesOf, sizeOf } from '../ndarray.ts'
export { checkDraw } from '../ops/draws/key.ts'
export { randomBits } from '../ops/draws/randomBits.ts'
export { ASYMMETRY, asymmetry } from '../linalg/asymmetry.ts'
export { choleskyInPlace } from '../linalg/cholesky.ts'
export { cauchyCdf, cauchyLogDensity, cauchyQuantile, halfCauchyQuantile } from '../ops/special/cauchy.ts'
export {
  binomialCdf,
  binomialQuantile,
  negativeBinomialQuantile,
  poissonCdf,
  poissonQuantile,
} from '../ops/special/countCdf.ts'
export { binomialSurprise, negativeBinomialEntropy, poissonEntropy } from '../ops/special/countEntropy.ts'
export { logNegativeBinomialOfMean } from '../ops/special/negativeBinomialOfMean.ts'
export { logGumbelSoftmax } from '../ops/special/gumbelSoftmax.ts'
export { logRelaxedBernoulli } from '../ops/special/relaxed.ts'
export { logGammaTerms, logPoissonTerms } from '../ops/special/simplex.ts'
export { logBinomialTrials, logNegativeBinomialTrials, logTrials } from '../ops/special/trials.ts'
export { logInflated } from '../ops/special/zeroInflated.ts'
export { logTilt, tiltCdf, tiltCumulant, tiltQuantile } from '../ops/special/continuousBernoulli.ts'
export { kumaraswamyCdf, logKumaraswamyDensity } from '../ops/special/kumaraswamy.ts'
export {
  inverseGaussianCdf,
  inverseGaussianQuantile,
  logInverseGaussianDensity,
  meanLogInverseGaussian,
} from '../ops/special/inverseGaussian.ts'
export {
  besselRatioComplement,
  besselRatioSlope,
  logI0e,
  logVonMisesDensity,
  vonMisesCdf,
  vonMisesQuantile,
} from '../ops/special/vonMises.ts'
export { betaEntropy, gammaEntropy } from '../ops/special/entropies.ts'
export { digammaDifference, logMinusDigamma } from '../ops/special/gamma.ts'
export { logGammaSampleDerivative } from '../ops/special/gammaSampleDerivative.ts'
export { plusExpMinus } from '../ops/special/hyperbolic.ts'
export { betaincOfOdds, logOddsDensity, oddsOfBetainc } from '../ops/special/incompleteBeta.ts'
export {
  logBetaDensity,
  logBinomialDensity,
  logGammaDensity,
  logNegativeBinomialDensity,
} from '../ops/special/logDensities.ts'
export { cothExcess, interpolateLogs, logMinus, logRatio } from '../ops/special/logUniform.ts'
export {
  logBetaDensityOfUnit,
  logGammaDensityOfRate,
  logInverseGammaDensity,
  logWeibullDensity,
  ratioPower,
} from '../ops/special/positiveDensities.ts'
export { lgammaDivergence } from '../ops/special/lgammaDivergence.ts'
export { skewNormalCdf, skewNormalLogFactor, skewNormalQuantile } from '../ops/special/skewNormal.ts'
export { studentTCdf, studentTLogDensity, studentTQuantile } from '../ops/special/studentT.ts'
export {
  truncatedNormalCdf,
  truncatedNormalIsNarrow,
  truncatedNormalIsWide,
  truncatedNormalLogKernel,
  truncatedNormalLogMass,
  truncatedNormalMean,
  truncatedNormalOrigin,
  truncatedNormalQuantile,
  truncatedNormalVariance,
} from '../ops/special/truncatedNormal.ts'
export { stretched } from '../ops/special/stretched.ts'
export { rootMeanSquare, weightedMean } from '../ops/weightedMean.ts'
export { LARGEST, SMALLEST } from '../float32.ts'
export { SERIES as WEIBULL_SERIES, weibullLogMomentRatio } from '../ops/special/weibull.ts'
export { argumentsOf, positionOf } from '../ops/argumentsOf.ts'
export { kernelOf } from '../ops/defineElementwise.ts'
export type { Constants } from '../ops/argumentsOf.ts'
export { offsetsIn, sameShape } from '../ops/broadcast.ts'
export { checkShape } from '../random/checkShape.ts'
export { isTracing } from '../ops/tidy.ts'
export type { Attributes, Elementwise, Kernel, Recorder, TensorValues, Values } from '../ops/kernel.ts'
export { inFloat64, newValues, runKernel } from '../ops/kernel.ts'
export { EXPONENTIAL, EXPONENTIAL_TAIL, NORMAL, NORMAL_TAIL } from '../random/ziggurat.ts'
export { COEFFICIENTS as TEMME_COEFFICIENTS, RATIO as TEMME_RATIO } from '../special/temme.ts'
export { NODES as GAUSS_NODES, WEIGHTS as GAUSS_WEIGHTS } from '../special/gaussLegendre.ts'
export { DENOMINATOR as LGAMMA_DENOMINATOR, NUMERATOR as LGAMMA_NUMERATOR } from '../special/lgamma.ts'
export { adamStep } from '../optimization/adamStep.ts'
export { shareSeen } from '../optimization/shareSeen.ts'
export { leavesOf, withLeaves } from '../optimization/tensorTree.ts'
export type { TensorTree } from '../optimization/tensorTree.ts'
export { convolvedShape, conv2dFilter, conv2dInput, conv2dOutput } from '../ops/convolution/kernels.ts'
export { spanOf } from '../ops/convolution/window.ts'
export type { Window } from '../ops/convolution/window.ts'
