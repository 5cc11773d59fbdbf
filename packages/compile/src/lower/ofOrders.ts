import { inDouble, type Formula } from '../wasm/inDouble.ts'
import { i0e, i1e } from '../wasm/maths/bessel.ts'
import { digamma, trigamma } from '../wasm/maths/digamma.ts'
import { erfcx } from '../wasm/maths/erf.ts'
import { logNegativeBinomialOfMean } from '../wasm/maths/logTrials.ts'
import { logRelaxedBernoulliSlope } from '../wasm/maths/relaxed.ts'
import { tiltCumulant } from '../wasm/maths/tilt.ts'
import {
  logOfTrials,
  negativeBinomialInConcentration,
  negativeBinomialInMean,
  trialsSlope,
} from '../wasm/maths/trials.ts'

/** Operations whose first argument is the order of a derivative, a constant: by name, what they are of order 0, 1, …. */
export const OF_ORDERS: Readonly<Record<string, readonly (Formula | undefined)[]>> = {
  erfcx: [erfcx],
  i0e: [inDouble(i0e)],
  i1e: [inDouble(i1e)],
  logRelaxedBernoulliDx: [undefined, inDouble(logRelaxedBernoulliSlope)],
  negativeBinomialInConcentration: [
    undefined,
    inDouble(negativeBinomialInConcentration(1)),
    inDouble(negativeBinomialInConcentration(2)),
  ],
  negativeBinomialInMean: [
    inDouble(logNegativeBinomialOfMean),
    inDouble(negativeBinomialInMean(1)),
    inDouble(negativeBinomialInMean(2)),
  ],
  polygamma: [inDouble(digamma), inDouble(trigamma)],
  tiltCumulant: [inDouble(tiltCumulant(0)), inDouble(tiltCumulant(1)), inDouble(tiltCumulant(2))],
  trialsDerivative: [logOfTrials, inDouble(trialsSlope(1)), inDouble(trialsSlope(2))],
}
