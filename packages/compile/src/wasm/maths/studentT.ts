import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { digammaDifference, trigammaDifference } from './gammaDifference.ts'
import { horner } from './horner.ts'
import { log, log1p } from './log.ts'
import { raise, rising } from './rising.ts'

// In float64: the log density of Student's t distribution and its derivatives in z and in ν.

/** Euler's numbers E₂, E₄, …, of which log Γ(w + ¾) − log Γ(w + ¼) − ½·log w is the series −Σ E₂ₖ/(k·4²ᵏ⁺¹)·w⁻²ᵏ (DLMF 5.11.8). */
const EULER = [-1, 5, -61, 1385, -50521, 2702765, -199360981, 19391512145, -2404879675441]
const QUARTERS = /* @__PURE__ */ EULER.map((e, i) => -e / ((i + 1) * 4 ** (2 * i + 3)))

/** −log B(½, ν/2) − ½·log ν − ½(ν + 1)·log(1 + z²/ν). */
export function studentTLogDensity(l: Lanes, z: Value, df: Value): Value {
  const [half, one] = [l.constant(0.5), l.constant(1)]
  const { isSmall, small, large } = raise(l, l.mul(half, df))
  const w = l.sub(large, l.constant(0.25))
  const reciprocal = l.div(one, w)
  const t = l.mul(reciprocal, reciprocal)
  const steps = l.select(isSmall, l.div(rising(l, small), rising(l, l.add(small, half))), one)
  const root = l.sqrt(l.div(w, l.mul(l.constant(Math.PI), df)))
  const normalizer = l.add(log(l, l.mul(steps, root)), l.mul(t, horner(l, QUARTERS, t)))
  const share = log1p(l, l.mul(l.div(z, df), z))
  return l.sub(normalizer, l.mul(half, l.mul(l.add(df, one), share)))
}

/** ν + z². */
function spread(l: Lanes, z: Value, df: Value): Value {
  return l.add(df, l.mul(z, z))
}

/** −∂/∂z: (ν + 1)·z/(ν + z²). */
export function studentTSlope(l: Lanes, z: Value, df: Value): Value {
  return l.mul(l.div(l.add(df, l.constant(1)), spread(l, z, df)), z)
}

/** Its derivative in z, (ν + 1)·(ν − z²)/(ν + z²)². */
export function studentTCurvature(l: Lanes, z: Value, df: Value): Value {
  const sum = spread(l, z, df)
  return l.mul(l.div(l.add(df, l.constant(1)), sum), l.div(l.sub(df, l.mul(z, z)), sum))
}

/** Its derivative in ν, z·(z² − 1)/(ν + z²)². */
export function studentTMixed(l: Lanes, z: Value, df: Value): Value {
  const sum = spread(l, z, df)
  return l.mul(l.div(z, sum), l.div(l.sub(l.mul(z, z), l.constant(1)), sum))
}

/** ∂/∂ν. */
export function studentTDfSlope(l: Lanes, z: Value, df: Value): Value {
  const [half, one] = [l.constant(0.5), l.constant(1)]
  const u = l.mul(l.div(z, df), z)
  const reciprocal = l.div(one, df)
  const ofNormalizer = l.sub(digammaDifference(l, l.mul(half, df), half), reciprocal)
  const ofShare = l.div(l.mul(l.add(one, reciprocal), u), l.add(one, u))
  return l.mul(half, l.add(l.sub(ofNormalizer, log1p(l, u)), ofShare))
}

/** ∂²/∂ν². */
export function studentTDfCurvature(l: Lanes, z: Value, df: Value): Value {
  const half = l.constant(0.5)
  const s = l.mul(z, z)
  const t = l.mul(df, l.add(df, s))
  const difference = trigammaDifference(l, l.mul(half, df), half)
  const ofNormalizer = l.add(l.mul(half, difference), l.div(l.constant(1), l.mul(df, df)))
  const numerator = l.sub(l.sub(l.mul(df, s), l.add(df, df)), s)
  return l.mul(half, l.add(ofNormalizer, l.mul(l.div(s, t), l.div(numerator, t))))
}
