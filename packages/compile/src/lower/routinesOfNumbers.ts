import type { Node } from '../graph/node.ts'
import type { Statement, Variable } from '../wasm/statement.ts'
import type { Value } from '../wasm/value.ts'
import { besselRatioComplement, besselRatioSlope, i0eDerivatives, i1eDerivatives } from './numbers/bessel.ts'
import { betaincOfOdds } from './numbers/betainc.ts'
import { betaincInverse, oddsOfBetainc } from './numbers/betaincInverse.ts'
import { betaincDa, betaincDaa, betaincDab } from './numbers/betaJet.ts'
import { binomialSurprise, poissonEntropy } from './numbers/countEntropy.ts'
import {
  binomialCdf,
  binomialQuantile,
  negativeBinomialQuantile,
  poissonCdf,
  poissonQuantile,
} from './numbers/counts.ts'
import { erfcxDerivative } from './numbers/erfcxDerivative.ts'
import { scaledExpint, scaledExpintSlope } from './numbers/expint.ts'
import { gammainc, gammaincc } from './numbers/gammainc.ts'
import { gammaincDa } from './numbers/gammaincDa.ts'
import { gammaincDaa, gammaSampleDerivativeDa } from './numbers/gammaincDaa.ts'
import { gammainccInverse, gammaincInverse } from './numbers/gammaincInverse.ts'
import { gammaSampleDerivative } from './numbers/gammaSampleDerivative.ts'
import { inverseGaussianQuantile } from './numbers/inverseGaussianQuantile.ts'
import { lbeta } from './numbers/lbeta.ts'
import { multivariateLgamma } from './numbers/multivariateLgamma.ts'
import { polygamma } from './numbers/polygamma.ts'
import { skewNormalCdf, skewNormalQuantile } from './numbers/skewNormal.ts'
import { skewNormalLogFactor, skewNormalLogFactorSlope } from './numbers/skewNormalEntropy.ts'
import {
  studentTCdf,
  studentTCdfDfCurvature,
  studentTCdfDfSlope,
  studentTQuantile,
  studentTSampleDerivative,
  studentTSampleDerivativeDf,
} from './numbers/studentT.ts'
import {
  truncatedNormalLogMass,
  truncatedNormalMean,
  truncatedNormalNarrowCurvature,
  truncatedNormalNarrowMassSlope,
  truncatedNormalNarrowMeanSlope,
  truncatedNormalThirdMoment,
  truncatedNormalVariance,
} from './numbers/truncatedNormal.ts'
import { truncatedNormalCdf, truncatedNormalQuantile } from './numbers/truncatedNormalCdf.ts'
import {
  vonMisesCdf,
  vonMisesCdfDk,
  vonMisesCdfDkk,
  vonMisesQuantile,
  vonMisesSampleDerivative,
  vonMisesSampleDerivativeDk,
} from './numbers/vonMises.ts'

/** What code of numbers has in the module that it is written for. */
export interface Surroundings {
  /** What a routine makes of numbers, by a function of the module that all have who call it. */
  readonly call: (routine: RoutineOfNumbers, ...args: readonly Value[]) => Value
  /** The byte address of a constant. */
  readonly address: (table: Node) => number
}

/** Puts a number made of others, all in float64, into a variable: by branches and loops, for one element at a time. */
export type RoutineOfNumbers = (
  args: readonly Value[],
  into: Variable,
  surroundings: Surroundings,
) => readonly Statement[]

/** Elementwise operations whose instructions are a function of the module, by name. */
export const ROUTINES_OF_NUMBERS: Readonly<Record<string, RoutineOfNumbers>> = {
  besselRatioComplement,
  besselRatioSlope,
  betaincDa,
  betaincDaa,
  betaincDab,
  betaincInverse,
  betaincOfOdds,
  binomialCdf,
  binomialQuantile,
  binomialSurprise,
  erfcx: erfcxDerivative,
  gammainc,
  gammaincc,
  gammainccInverse,
  gammaincDa,
  gammaincDaa,
  gammaincInverse,
  gammaSampleDerivative,
  gammaSampleDerivativeDa,
  i0e: i0eDerivatives,
  i1e: i1eDerivatives,
  inverseGaussianQuantile,
  lbeta,
  multivariateLgamma,
  negativeBinomialQuantile,
  oddsOfBetainc,
  poissonCdf,
  poissonEntropy,
  poissonQuantile,
  polygamma,
  scaledExpint,
  scaledExpintSlope,
  skewNormalCdf,
  skewNormalLogFactor,
  skewNormalLogFactorSlope,
  skewNormalQuantile,
  studentTCdf,
  studentTCdfDfCurvature,
  studentTCdfDfSlope,
  studentTQuantile,
  studentTSampleDerivative,
  studentTSampleDerivativeDf,
  truncatedNormalCdf,
  truncatedNormalLogMass,
  truncatedNormalMean,
  truncatedNormalNarrowCurvature,
  truncatedNormalNarrowMassSlope,
  truncatedNormalNarrowMeanSlope,
  truncatedNormalQuantile,
  truncatedNormalThirdMoment,
  truncatedNormalVariance,
  vonMisesCdf,
  vonMisesCdfDk,
  vonMisesCdfDkk,
  vonMisesQuantile,
  vonMisesSampleDerivative,
  vonMisesSampleDerivativeDk,
}
