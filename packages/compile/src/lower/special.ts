import { allInDouble, type Formula } from '../wasm/inDouble.ts'
import { logI0e } from '../wasm/maths/bessel.ts'
import { digamma, logMinusDigamma } from '../wasm/maths/digamma.ts'
import { lgammaDivergence } from '../wasm/maths/entropies.ts'
import { erf, erfc } from '../wasm/maths/erf.ts'
import { digammaDifference, trigammaDifference } from '../wasm/maths/gammaDifference.ts'
import { asinh, atanh, logCosh, plusExpMinus } from '../wasm/maths/hyperbolic.ts'
import { asin, atan, atan2 } from '../wasm/maths/inverseTrigonometric.ts'
import { lgamma } from '../wasm/maths/lgamma.ts'
import { logQuotient } from '../wasm/maths/log.ts'
import { inverseMillsRatio, inverseMillsSlope, logNdtr, ndtr } from '../wasm/maths/ndtr.ts'
import { erfinv, ndtri } from '../wasm/maths/ndtri.ts'
import { pow } from '../wasm/maths/pow.ts'
import { logMinus, ratioPower, stretched } from '../wasm/maths/scaled.ts'
import { log1mexp, logAddExp, softplusInverse, xlog1py, xlogy } from '../wasm/maths/stable.ts'
import { cos, sin, tan } from '../wasm/maths/trigonometric.ts'

/** Special functions, by the names that kernels of core have: float32 in float32, or where it would cancel in float64. */
export const SPECIAL: Readonly<Record<string, Formula>> = {
  asinh,
  atanh,
  erf,
  erfc,
  inverseMillsRatio,
  log1mexp,
  logAddExp,
  logCosh,
  logNdtr,
  ndtr,
  plusExpMinus,
  pow,
  softplusInverse,
  xlog1py,
  xlogy,
  logRatio: logQuotient,
  .../* @__PURE__ */ allInDouble({
    asin,
    atan,
    atan2,
    cos,
    digamma,
    digammaDifference,
    erfinv,
    inverseMillsSlope,
    lgamma,
    lgammaDivergence,
    logI0e,
    logMinus,
    logMinusDigamma,
    ndtri,
    ratioPower,
    sin,
    stretched,
    tan,
    trigammaDifference,
  }),
}
