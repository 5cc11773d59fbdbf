import * as tf from '@tensorflow/tfjs-core'
import * as internal from '@variate/core/internal'
import * as ops from '@variate/core/ops'
import type { Op } from './looped.ts'

type Domain = 'real' | 'unit' | 'whole' | 'truth' | 'definite' | 'lower' | 'ascending' | 'key'

/** What an op is given for one element. */
export interface Input {
  readonly shape: readonly number[]
  readonly of: Domain
}

/** A call of an op: the function and what one element is given. */
export interface Case {
  readonly name: string
  readonly f: Op
  readonly inputs: readonly Input[]
}

/** Numbers of a domain, for which further axes in front are no different. */
export function tensorOf({ shape, of }: Input, seed: number): tf.Tensor {
  const size = shape.reduce((product, length) => product * length, 1)
  const noise = Array.from({ length: size }, (_, i) => Math.sin(12.9898 * (i + 1) + 4.1414 * seed))
  const numbers: number[] =
    of === 'unit'
      ? noise.map((x) => 0.5 + 0.4 * x)
      : of === 'whole'
        ? noise.map((x) => Math.floor(1.5 + 1.5 * x))
        : of === 'truth'
          ? noise.map((x) => +(x > 0))
          : of === 'key'
            ? noise.map((x) => Math.floor(x * 2 ** 31))
            : noise
  const x = tf.tensor(numbers, [...shape], of === 'truth' ? 'bool' : of === 'whole' || of === 'key' ? 'int32' : 'float32') // prettier-ignore
  if (of === 'definite') return ops.add(ops.matMul(x, x, { transposeB: true }), ops.eye(shape.at(-1)!))
  if (of === 'lower') return ops.add(ops.tril(x), ops.mul(2, ops.eye(shape.at(-1)!)))
  return of === 'ascending' ? ops.cumsum(ops.abs(x)) : x
}

const real = (...shape: number[]): Input => ({ shape, of: 'real' })
const unit = (...shape: number[]): Input => ({ shape, of: 'unit' })
const whole = (...shape: number[]): Input => ({ shape, of: 'whole' })
const truth = (...shape: number[]): Input => ({ shape, of: 'truth' })
const definite = (...shape: number[]): Input => ({ shape, of: 'definite' })
const lower = (...shape: number[]): Input => ({ shape, of: 'lower' })

/** Ops of each element, by how many arguments they have; all are taken from 0.1 to 0.9. */
const UNARY =
  'abs neg sqrt square exp expm1 log log1p sigmoid tanh asin atan atanh cos sin tan i0e i1e erf erfc erfcx erfinv digamma ' +
  'lgamma trigamma asinh logCosh logNdtr ndtr ndtri log1mexp logSigmoid softplus softplusInverse besselRatioComplement ' +
  'besselRatioSlope cauchyCdf cauchyQuantile cothExcess gammaEntropy halfCauchyQuantile logI0e plusExpMinus ' +
  'skewNormalLogFactor weibullLogMomentRatio poissonEntropy'
const BINARY =
  'add div mul sub maximum minimum pow lbeta gammaSampleDerivative gammainc gammaincc gammaincInverse gammainccInverse ' +
  'logAddExp xlog1py xlogy betaEntropy cauchyLogDensity digammaDifference lgammaDivergence logGammaDensity logInflated ' +
  'logMinus logMinusDigamma logRatio logTilt poissonCdf skewNormalCdf skewNormalQuantile studentTCdf studentTLogDensity ' +
  'studentTQuantile tiltCdf tiltQuantile truncatedNormalLogMass truncatedNormalMean truncatedNormalOrigin ' +
  'truncatedNormalVariance vonMisesCdf logVonMisesDensity meanLogInverseGaussian binomialSurprise negativeBinomialEntropy ' +
  'logGammaSampleDerivative'
const TERNARY =
  'betainc betaincInverse interpolateLogs inverseGaussianCdf inverseGaussianQuantile kumaraswamyCdf logBetaDensityOfUnit ' +
  'logBinomialDensity logBinomialTrials logGammaDensityOfRate logInverseGammaDensity logInverseGaussianDensity ' +
  'logKumaraswamyDensity logNegativeBinomialDensity logNegativeBinomialTrials logRelaxedBernoulli logWeibullDensity ' +
  'oddsOfBetainc ratioPower stretched vonMisesQuantile logNegativeBinomialOfMean logTrials truncatedNormalLogKernel'
const QUATERNARY = 'betaincOfOdds binomialCdf logOddsDensity truncatedNormalCdf truncatedNormalQuantile'
/** Those that are constant between jumps, with how many they have. */
const STEPS: Readonly<Record<string, number>> = {
  and: 2, binomialQuantile: 4, equal: 2, floor: 1, greater: 2, greaterEqual: 2, isFinite: 1, isInfinite: 1, isNaN: 1,
  less: 2, lessEqual: 2, negativeBinomialQuantile: 3, not: 1, notEqual: 2, or: 2, poissonQuantile: 2, sign: 1,
  truncatedNormalIsNarrow: 2, truncatedNormalIsWide: 2,
} // prettier-ignore

/** Shapes of arguments, of ranks that differ. */
const SHAPES = [
  [[2], [], [2, 2], [2]],
  [[], [2, 1], [3], []],
]

const named = { ...ops, ...internal } as unknown as Readonly<Record<string, Op>>

const ELEMENTWISE: readonly Case[] = [UNARY, BINARY, TERNARY, QUATERNARY]
  .flatMap((names, i) => names.split(' ').map((name): [string, number] => [name, i + 1]))
  .concat(Object.entries(STEPS))
  .flatMap(([name, arity]) =>
    SHAPES.map((shapes) => ({
      name,
      f: (...xs: tf.Tensor[]) => named[name]!(...xs),
      inputs: shapes.slice(0, arity).map((shape) => unit(...shape)),
    })),
  )

type Structure = readonly [f: (...xs: never[]) => tf.Tensor, ...inputs: Input[]]

/** A filter of 2 × 3 that moves by one row and two columns over images of 3 × 4 with a column of zeros before them. */
const WINDOW: internal.Window = { strides: [1, 2], dilations: [1, 1], pad: [[0, 0], [0, 0], [1, 0], [0, 0]], dataFormat: 'NHWC' } // prettier-ignore

/** Calls of the other ops, by name. */
// prettier-ignore
const STRUCTURE: Readonly<Record<string, readonly Structure[]>> = {
  affine: [
    [(W: tf.Tensor, x: tf.Tensor, b: tf.Tensor) => ops.affine(W, x, b), real(2, 3), real(3), real(2)],
    [(W: tf.Tensor, x: tf.Tensor) => ops.affine(W, x, 1), real(2, 3), real(4, 3)],
  ],
  // Of x and 1 − x.
  logBetaDensity: [
    [(x: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => internal.logBetaDensity(x, ops.sub(1, x), a, b), unit(2), unit(), unit(2, 2)],
    [(x: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => internal.logBetaDensity(x, ops.sub(1, x), a, b), unit(), unit(2, 1), unit(3)],
  ],
  broadcastTo: [
    [(x: tf.Tensor) => ops.broadcastTo(x, [2, 2, 3]), real(2, 1)],
    [(x: tf.Tensor) => ops.broadcastTo(x, [2]), real()],
  ],
  cast: [
    [(x: tf.Tensor) => ops.cast(x, 'int32'), real(3)],
    [(x: tf.Tensor) => ops.mul(ops.cast(x, 'float32'), 0.5), whole(2)],
    [(x: tf.Tensor) => ops.cast(x, 'bool'), whole()],
  ],
  cholesky: [[(a: tf.Tensor) => ops.cholesky(a), definite(2, 2)], [(a: tf.Tensor) => ops.cholesky(a), definite(2, 2, 2)]],
  choleskySolve: [[(l: tf.Tensor, b: tf.Tensor) => ops.choleskySolve(l, b), lower(2, 2), real(2, 3)]],
  clip: [[(x: tf.Tensor) => ops.clip(x, 0.3, 0.6), unit(4)]],
  concat: [
    [(a: tf.Tensor, b: tf.Tensor) => ops.concat([a, b, a]), real(2), real(3)],
    [(a: tf.Tensor, b: tf.Tensor) => ops.concat([a, b], -1), real(2, 1), real(2, 2)],
  ],
  constant: [[(x: tf.Tensor) => ops.add(x, ops.constant([[0.1, 2], [3, 4]])), real(2)], [() => ops.constant([1, 2]), real()]],
  // Of numbers of one sign, whose sums lose no digits.
  conv2d: [
    [(x: tf.Tensor, f: tf.Tensor) => ops.conv2d(x, f, { padding: 'same' }), unit(2, 3, 3, 2), unit(2, 2, 2, 3)],
    [(x: tf.Tensor, f: tf.Tensor) => ops.conv2d(x, f, { strides: 2, dilations: [1, 2] }), unit(4, 5, 2), unit(2, 2, 2, 1)],
  ],
  convTranspose2d: [[(x: tf.Tensor, f: tf.Tensor) => ops.convTranspose2d(x, f, { strides: [1, 2] }), unit(2, 2, 2, 3), unit(2, 2, 2, 3)]],
  conv2dOutput: [[(x: tf.Tensor, f: tf.Tensor) => internal.conv2dOutput(x, f, WINDOW), unit(1, 3, 4, 2), unit(2, 3, 2, 2)]],
  conv2dInput: [[(y: tf.Tensor, f: tf.Tensor) => internal.conv2dInput(y, f, [2, 3, 4, 2], WINDOW), unit(2, 2, 2, 3), unit(2, 3, 2, 3)]],
  conv2dFilter: [[(x: tf.Tensor, y: tf.Tensor) => internal.conv2dFilter(x, y, [2, 3, 2, 3], WINDOW), unit(2, 3, 4, 2), unit(2, 2, 2, 3)]],
  cumsum: [
    [(x: tf.Tensor) => ops.cumsum(x), real(2, 3)],
    [(x: tf.Tensor) => ops.cumsum(x, 0, { exclusive: true }), real(3, 2)],
    [(x: tf.Tensor) => ops.cumsum(x, 0, { reverse: true }), whole(3)],
  ],
  diag: [[(v: tf.Tensor) => ops.diag(v), real(3)], [(v: tf.Tensor) => ops.diag(v), real(2, 2)]],
  diagPart: [[(a: tf.Tensor) => ops.diagPart(a), real(3, 3)], [(a: tf.Tensor) => ops.diagPart(a), real(2, 2, 2)]],
  expandDims: [[(x: tf.Tensor) => ops.expandDims(x, -1), real(2)]],
  eye: [[(x: tf.Tensor) => ops.mul(x, ops.eye(2)), real()]],
  fill: [[(x: tf.Tensor) => ops.add(ops.fill(x.shape, 0.1), x), real()]],
  gather: [
    [(x: tf.Tensor, i: tf.Tensor) => ops.gather(x, i), real(3), whole()],
    [(x: tf.Tensor, i: tf.Tensor) => ops.gather(x, i), real(3, 2), whole(4)],
    [(x: tf.Tensor, i: tf.Tensor) => ops.gather(x, i, 1), real(2, 3, 2), whole(2, 2)],
    [(x: tf.Tensor, i: tf.Tensor) => ops.gather(x, i, -1), real(2, 2, 3), whole()],
    [(x: tf.Tensor) => ops.gather(x, ops.constant([2, 0], 'int32'), 1), real(2, 3)],
  ],
  isPositiveDefinite: [[(a: tf.Tensor) => ops.isPositiveDefinite(a), definite(2, 2)], [(a: tf.Tensor) => ops.isPositiveDefinite(a), real(2, 2, 2)]],
  linearRecurrence: [
    [(c: tf.Tensor, x: tf.Tensor) => ops.linearRecurrence(c, x), real(2), real(4)],
    [(c: tf.Tensor, x: tf.Tensor) => ops.linearRecurrence(c, x, true), real(1), real(2, 3)],
    [(c: tf.Tensor, x: tf.Tensor) => ops.linearRecurrence(c, x), real(2, 1), real(3)],
  ],
  logDetTriangular: [[(t: tf.Tensor) => ops.logDetTriangular(t), lower(2, 2)]],
  logDeterminant: [[(a: tf.Tensor) => ops.logDeterminant(a), definite(2, 2)], [(a: tf.Tensor) => ops.logDeterminant(a), definite(2, 2, 2)]],
  logGammaTerms: [
    [(a: tf.Tensor, x: tf.Tensor, n: tf.Tensor) => internal.logGammaTerms(a, x, n), unit(3), unit(2, 3), unit(1)],
    [(a: tf.Tensor, x: tf.Tensor) => internal.logGammaTerms(a, x, 2), unit(2, 3), unit(3)],
  ],
  logGumbelSoftmax: [
    [(x: tf.Tensor, a: tf.Tensor, t: tf.Tensor) => internal.logGumbelSoftmax(x, a, t), unit(2, 3), unit(3), unit(1)],
    [(x: tf.Tensor, a: tf.Tensor) => internal.logGumbelSoftmax(x, a, 0.5), unit(3), unit(2, 3)],
  ],
  logPoissonTerms: [[(k: tf.Tensor, p: tf.Tensor, n: tf.Tensor) => internal.logPoissonTerms(k, p, n), unit(2, 3), unit(3), unit(1)]],
  logSoftmax: [[(x: tf.Tensor) => ops.logSoftmax(x), real(3)], [(x: tf.Tensor) => ops.logSoftmax(x, 0), real(3, 2)]],
  logSumExp: [
    [(x: tf.Tensor) => ops.logSumExp(x), real(2, 3)],
    [(x: tf.Tensor) => ops.logSumExp(x, 0, true), real(2, 3)],
    [(x: tf.Tensor) => ops.logSumExp(x, [1, 2]), real(2, 1, 3)],
  ],
  matMul: [
    [(a: tf.Tensor, b: tf.Tensor) => ops.matMul(a, b), real(2, 3), real(3, 4)],
    [(a: tf.Tensor, b: tf.Tensor) => ops.matMul(a, b, { transposeA: true }), real(3, 2), real(3, 4)],
    [(a: tf.Tensor, b: tf.Tensor) => ops.matMul(a, b, { transposeB: true }), real(2, 3), real(4, 3)],
    [(a: tf.Tensor, b: tf.Tensor) => ops.matMul(a, b, { transposeA: true, transposeB: true }), real(3, 2), real(4, 3)],
    [(a: tf.Tensor, b: tf.Tensor) => ops.matMul(a, b), real(2, 3), real(3, 1)],
    [(a: tf.Tensor, b: tf.Tensor) => ops.matMul(a, b, { transposeA: true, transposeB: true }), real(3, 2), real(1, 3)],
    [(a: tf.Tensor, b: tf.Tensor) => ops.matMul(a, b), real(1, 3), real(3, 2)],
    [(a: tf.Tensor, b: tf.Tensor) => ops.matMul(a, b, { transposeA: true }), real(3, 1), real(3, 2)],
    [(a: tf.Tensor, b: tf.Tensor) => ops.matMul(a, b), real(2, 2, 3), real(3, 2)],
    [(a: tf.Tensor, b: tf.Tensor) => ops.matMul(a, b), real(2, 3), real(2, 3, 1)],
    [(a: tf.Tensor, b: tf.Tensor) => ops.matMul(a, b), real(2, 1, 2, 3), real(1, 3, 2)],
    [(a: tf.Tensor, b: tf.Tensor) => ops.matMul(a, b), real(2, 1, 2, 2), real(3, 2, 1)],
    [(a: tf.Tensor, b: tf.Tensor) => ops.matMul(a, b), real(2, 0), real(0, 2)],
    [(a: tf.Tensor, b: tf.Tensor) => ops.matMul(a, b), real(0, 2), real(2, 1)],
  ],
  matVec: [
    [(a: tf.Tensor, x: tf.Tensor) => ops.matVec(a, x), real(2, 3), real(3)],
    [(a: tf.Tensor, x: tf.Tensor) => ops.matVec(a, x), real(2, 3), real(2, 3)],
  ],
  max: [
    [(x: tf.Tensor) => ops.max(x), real(2, 3)],
    [(x: tf.Tensor) => ops.max(x, -1, true), real(2, 3)],
    [(x: tf.Tensor) => ops.max(x, [0, 2]), real(2, 2, 2)],
    [(x: tf.Tensor) => ops.max(x), whole(3)],
  ],
  mean: [[(x: tf.Tensor) => ops.mean(x, 0), real(3, 2)], [(x: tf.Tensor) => ops.mean(x), real()]],
  multivariateLgamma: [[(x: tf.Tensor) => ops.multivariateLgamma(ops.add(x, 1), 2), unit(2)]],
  outer: [[(a: tf.Tensor, b: tf.Tensor) => ops.outer(a, b), real(2), real(3)]],
  pad: [[(x: tf.Tensor) => ops.pad(x, [[1, 0], [0, 2]], 7), real(2, 1)], [(x: tf.Tensor) => ops.pad(x, [[0, 1]]), whole(2)]],
  pick: [
    [(x: tf.Tensor, i: tf.Tensor) => ops.pick(x, i), real(3), whole()],
    [(x: tf.Tensor, i: tf.Tensor) => ops.pick(x, i), real(3), whole(2, 2)],
    [(x: tf.Tensor, i: tf.Tensor) => ops.pick(x, i), real(2, 1, 3), whole(2)],
    [(x: tf.Tensor, i: tf.Tensor) => ops.pick(x, i), real(2, 3), whole()],
  ],
  polygamma: [[(x: tf.Tensor) => ops.polygamma(2, x), unit(2)]],
  reshape: [
    [(x: tf.Tensor) => ops.reshape(x, [3, -1]), real(2, 3)],
    [(x: tf.Tensor) => ops.reshape(x, []), real(1, 1)],
    [(x: tf.Tensor) => ops.reshape(x, [0, 2]), real(0)],
  ],
  rootMeanSquare: [[(x: tf.Tensor, w: tf.Tensor) => internal.rootMeanSquare(x, w) as tf.Tensor, real(3), unit(3)]],
  scatterAdd: [
    [(x: tf.Tensor, i: tf.Tensor) => ops.scatterAdd(x, i, [3]), real(4), whole(4)],
    [(x: tf.Tensor, i: tf.Tensor) => ops.scatterAdd(x, i, [3, 2]), real(2, 2, 2), whole(2, 2)],
    [(x: tf.Tensor, i: tf.Tensor) => ops.scatterAdd(x, i, [2, 3, 2], 1), real(2, 4, 2), whole(4)],
    [(x: tf.Tensor, i: tf.Tensor) => ops.scatterAdd(x, i, [2, 3], 1), real(2), whole()],
  ],
  searchSorted: [
    [(x: tf.Tensor, v: tf.Tensor) => ops.searchSorted(x, v), { shape: [4], of: 'ascending' }, unit()],
    [(x: tf.Tensor, v: tf.Tensor) => ops.searchSorted(x, v), { shape: [2, 3], of: 'ascending' }, unit(3, 2)],
  ],
  slice: [[(x: tf.Tensor) => ops.slice(x, [0, 1], [2, 2]), real(2, 3)], [(x: tf.Tensor) => ops.slice(x, [1], [0]), real(2)]],
  softmax: [[(x: tf.Tensor) => ops.softmax(x), real(3)], [(x: tf.Tensor) => ops.softmax(x, [0, 1]), real(2, 2)]],
  solvePositive: [
    [(a: tf.Tensor, b: tf.Tensor) => ops.solvePositive(a, b), definite(2, 2), real(2, 3)],
    [(a: tf.Tensor, b: tf.Tensor) => ops.solvePositive(a, b), definite(2, 2, 2), real(2, 1)],
  ],
  squaredMahalanobis: [
    [(a: tf.Tensor, d: tf.Tensor) => ops.squaredMahalanobis(a, d), definite(2, 2), real(2)],
    [(a: tf.Tensor, d: tf.Tensor) => ops.squaredMahalanobis(a, d), definite(2, 2), real(3, 2)],
  ],
  stack: [[(a: tf.Tensor, b: tf.Tensor) => ops.stack([a, b], -1), real(2), real(2)], [(a: tf.Tensor) => ops.stack([a, a]), real()]],
  stopGradient: [[(x: tf.Tensor) => ops.mul(ops.stopGradient(x), x), real(2)]],
  sum: [
    [(x: tf.Tensor) => ops.sum(x), real(2, 3)],
    [(x: tf.Tensor) => ops.sum(x, [0, -1]), real(2, 2, 3)],
    [(x: tf.Tensor) => ops.sum(x, 0), real(0, 2)],
    [(x: tf.Tensor) => ops.sum(x), truth(4)],
  ],
  sumTo: [[(x: tf.Tensor) => ops.sumTo(x, [2, 1]), real(2, 2, 3)]],
  symmetrize: [[(a: tf.Tensor) => ops.symmetrize(a), real(2, 2)]],
  tiltCumulant: [[(x: tf.Tensor) => internal.tiltCumulant(1, x), unit(2)]],
  trace: [[(a: tf.Tensor) => ops.trace(a), real(2, 3, 3)]],
  transpose: [[(x: tf.Tensor) => ops.transpose(x), real(2, 3)], [(x: tf.Tensor) => ops.transpose(x, [2, 0, 1]), real(2, 1, 3)]],
  triangularSolve: [
    [(t: tf.Tensor, b: tf.Tensor) => ops.triangularSolve(t, b), lower(2, 2), real(2, 3)],
    [(t: tf.Tensor, b: tf.Tensor) => ops.triangularSolve(t, b, { transpose: true }), lower(2, 2, 2), real(2, 1)],
    [(t: tf.Tensor, b: tf.Tensor) => ops.triangularSolve(ops.transpose(t), b, { lower: false }), lower(2, 2), real(2, 2, 1)],
  ],
  tril: [[(a: tf.Tensor) => ops.tril(a, 1), real(3, 3)], [(a: tf.Tensor) => ops.tril(a), real(2, 2, 3)]],
  triu: [[(a: tf.Tensor) => ops.triu(a), real(2, 3)]],
  weightedMean: [[(x: tf.Tensor, w: tf.Tensor) => internal.weightedMean(x, w), real(3), unit(3)]],
  where: [
    [(c: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => ops.where(c, a, b), truth(2), real(2), real(2)],
    [(c: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => ops.where(c, a, b), truth(2, 1), real(), real(3)],
    [(c: tf.Tensor, a: tf.Tensor) => ops.where(c, a, 0), truth(), whole(2)],
  ],
}

/** What of core's ops is tested with the draws, or runs no kernel. */
export const OTHERS: readonly string[] =
  ('ASYMMETRY foldInKey keyTensor splitKey broadcastShapes adamStep shareSeen leavesOf withLeaves indicesOf isTensor plainArray tidy LARGEST SMALLEST argumentsOf asymmetry checkDraw randomBits ' +
  'convolvedShape spanOf EXPONENTIAL EXPONENTIAL_TAIL NORMAL NORMAL_TAIL GAUSS_NODES GAUSS_WEIGHTS LGAMMA_DENOMINATOR LGAMMA_NUMERATOR TEMME_COEFFICIENTS TEMME_RATIO WEIBULL_SERIES checkShape choleskyInPlace inFloat64 isTracing kernelOf newValues offsetsIn positionOf runKernel sameShape shown sizeOf').split(' ') // prettier-ignore

export const CASES: readonly Case[] = [
  ...ELEMENTWISE,
  ...Object.entries(STRUCTURE).flatMap(([name, calls]) =>
    calls.map(([f, ...inputs]) => ({ name, f: f as Op, inputs })),
  ),
]
