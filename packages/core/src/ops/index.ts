export { abs, add, div, floor, mul, neg, sign, sqrt, square, sub } from './arithmetic.ts'
export { clip, maximum, minimum } from './extrema.ts'
export { pow } from './pow.ts'
export { broadcastShapes } from './broadcast.ts'
export { cast } from './cast.ts'
export {
  and,
  equal,
  greater,
  greaterEqual,
  isFinite,
  isInfinite,
  isNaN,
  less,
  lessEqual,
  not,
  notEqual,
  or,
} from './comparison.ts'
export { constant, fill } from './constant.ts'
export { plainArray } from './plainArray.ts'
export type { PlainArray } from './plainArray.ts'
export { isTensor } from './real.ts'
export { conv2d } from './convolution/conv2d.ts'
export { convTranspose2d } from './convolution/convTranspose2d.ts'
export type { TransposedConvolutionOptions } from './convolution/convTranspose2d.ts'
export type { ConvolutionOptions, Padding, Pair } from './convolution/window.ts'
export { cumsum } from './cumulative.ts'
export type { CumsumOptions } from './cumulative.ts'
export { exp, expm1, log, log1p, sigmoid, tanh } from './exponential.ts'
export { gather, scatterAdd } from './gather.ts'
export type { TensorType } from './kernel.ts'
export { logSoftmax, logSumExp, softmax } from './logSumExp.ts'
export { affine, matMul, matVec } from './matMul.ts'
export type { MatMulOptions } from './matMul.ts'
export { pad, slice } from './slice.ts'
export { pick } from './pick.ts'
export type { Binary, Join, Quaternary, Real, Ternary, Unary } from './real.ts'
export { drawBinomial } from './draws/drawBinomial.ts'
export { drawGeometric, drawHypergeometric } from './draws/drawCounts.ts'
export { drawCategorical, drawMultinomial } from './draws/drawRows.ts'
export { drawGamma, drawLogGamma } from './draws/drawGamma.ts'
export { drawGumbel } from './draws/drawGumbel.ts'
export { drawInverseGaussian } from './draws/drawInverseGaussian.ts'
export { drawLogOdds } from './draws/drawLogOdds.ts'
export { drawNormal } from './draws/drawNormal.ts'
export { drawPoisson } from './draws/drawPoisson.ts'
export { drawRandint } from './draws/drawRandint.ts'
export { drawSkewNormal } from './draws/drawSkewNormal.ts'
export { drawStudentT } from './draws/drawStudentT.ts'
export { drawTruncatedNormal } from './draws/drawTruncatedNormal.ts'
export { drawUniform } from './draws/drawUniform.ts'
export { drawVonMises } from './draws/drawVonMises.ts'
export { foldInKey, keyTensor, splitKey } from './draws/key.ts'
export type { AnyKey } from './draws/key.ts'
export type { Draw } from './draws/defineDraw.ts'
export { max, mean } from './reductions.ts'
export { broadcastTo, sum, sumTo } from './sum.ts'
export { concat, stack } from './concat.ts'
export { expandDims, reshape, transpose } from './shapes.ts'
export { searchSorted } from './searchSorted.ts'
export { stopGradient } from './stopGradient.ts'
export { asin, atan, atanh, cos, sin, tan } from './trigonometric.ts'
export { where } from './where.ts'
export { cholesky } from './linalg/cholesky.ts'
export { choleskySolve } from './linalg/choleskySolve.ts'
export { diag, diagPart, eye, trace } from './linalg/diagonal.ts'
export { isPositiveDefinite } from './linalg/isPositiveDefinite.ts'
export { linearRecurrence } from './linalg/linearRecurrence.ts'
export { logDeterminant } from './linalg/logDeterminant.ts'
export { logDetTriangular } from './linalg/logDetTriangular.ts'
export { outer } from './linalg/outer.ts'
export { solvePositive } from './linalg/solvePositive.ts'
export { squaredMahalanobis } from './linalg/squaredMahalanobis.ts'
export { symmetrize } from './linalg/symmetrize.ts'
export { tril, triu } from './linalg/triangle.ts'
export { triangularSolve } from './linalg/triangularSolve.ts'
export { i0e, i1e } from './special/bessel.ts'
export { erf, erfc, erfcx, erfinv } from './special/error.ts'
export { digamma, lbeta, lgamma, multivariateLgamma, polygamma, trigamma } from './special/gamma.ts'
export { gammaSampleDerivative } from './special/gammaSampleDerivative.ts'
export { asinh, logCosh } from './special/hyperbolic.ts'
export { betainc, betaincInverse } from './special/incompleteBeta.ts'
export { gammainc, gammaincc, gammainccInverse, gammaincInverse } from './special/incompleteGamma.ts'
export { logNdtr, ndtr, ndtri } from './special/normal.ts'
export {
  log1mexp,
  logAddExp,
  logSigmoid,
  softplus,
  softplusInverse,
  xlog1py,
  xlogy,
} from './special/stable.ts'
export { tidy } from './tidy.ts'
