import { lowerLoop } from '../loop/lowerLoop.ts'
import type { Node } from '../graph/node.ts'
import type { Statement } from '../wasm/statement.ts'
import { cholesky } from './routines/cholesky.ts'
import { choleskyGradient } from './routines/choleskyGradient.ts'
import { conv2d } from './routines/convolution/conv2d.ts'
import { conv2dFilter } from './routines/convolution/conv2dFilter.ts'
import { convTranspose2d } from './routines/convolution/convTranspose2d.ts'
import { cumsum } from './routines/cumsum.ts'
import { drawBinomial } from './routines/draws/drawBinomial.ts'
import { drawCategorical } from './routines/draws/drawCategorical.ts'
import { drawHypergeometric } from './routines/draws/drawHypergeometric.ts'
import { drawInverseGaussian } from './routines/draws/drawInverseGaussian.ts'
import { drawMultinomial } from './routines/draws/drawMultinomial.ts'
import { drawPoisson } from './routines/draws/drawPoisson.ts'
import { drawSkewNormal } from './routines/draws/drawSkewNormal.ts'
import { drawStudentT } from './routines/draws/drawStudentT.ts'
import { drawTruncatedNormal } from './routines/draws/drawTruncatedNormal.ts'
import { drawVonMises } from './routines/draws/drawVonMises.ts'
import { drawGamma, drawLogGamma, drawLogOdds } from './routines/draws/positive.ts'
import { drawGeometric, drawGumbel, drawRandint } from './routines/draws/quantiles.ts'
import { gather } from './routines/gather.ts'
import { isPositiveDefinite } from './routines/isPositiveDefinite.ts'
import { linearRecurrence } from './routines/linearRecurrence.ts'
import { logDeterminant } from './routines/logDeterminant.ts'
import { logGumbelSoftmax } from './routines/logGumbelSoftmax.ts'
import { logSumExp } from './routines/logSumExp.ts'
import { matMul } from './routines/matMul.ts'
import { pick, unpick } from './routines/pick.ts'
import { drawNormal, drawUniform, foldInKey, key, splitKey } from './routines/random.ts'
import { scatterAdd } from './routines/scatterAdd.ts'
import { searchSorted } from './routines/searchSorted.ts'
import { solvePositive } from './routines/solvePositive.ts'
import { squaredMahalanobis } from './routines/squaredMahalanobis.ts'
import { logGammaTerms, logPoissonTerms } from './routines/termsSummed.ts'
import { triangularSolve } from './routines/triangularSolve.ts'
import type { Target } from './target.ts'

/** Computes a node in memory of its inputs there; undefined if it has no code for these shapes or types. */
export type Routine = (node: Node, target: Target) => readonly Statement[] | undefined

/** Operations that have code of their own on tensors in memory, by name. */
export const ROUTINES: Readonly<Record<string, Routine>> = {
  cholesky,
  choleskyGradient,
  conv2d,
  conv2dFilter,
  convTranspose2d,
  cumsum,
  drawBinomial,
  drawCategorical,
  drawGamma,
  drawGeometric,
  drawGumbel,
  drawHypergeometric,
  drawInverseGaussian,
  drawLogGamma,
  drawLogOdds,
  drawMultinomial,
  drawNormal,
  drawPoisson,
  drawRandint,
  drawSkewNormal,
  drawStudentT,
  drawTruncatedNormal,
  drawUniform,
  drawVonMises,
  foldInKey,
  gather,
  isPositiveDefinite,
  key,
  linearRecurrence,
  logDeterminant,
  logGammaTerms,
  logGumbelSoftmax,
  logPoissonTerms,
  logSumExp,
  loop: (node, target) => [lowerLoop(node, target)],
  // It lies in the memory of its loop.
  loopResult: () => [],
  matMul,
  pick,
  scatterAdd,
  searchSorted,
  solvePositive,
  splitKey,
  squaredMahalanobis,
  triangularSolve,
  unpick,
}
