import { UnsupportedError } from '../errors.ts'
import { integralOverScales } from './integralOverScales.ts'

/** Beyond this total and this mean, a share of both has the same entropy but for the logarithm of its root. */
const LARGE = 1e6

/**
 * The entropy (nats) of the successes before r failures, of odds o = p/(1 − p), or its derivative of order i in r and j in
 * o: r·(log(1 + o) + o·log(1 + 1/o)) − ∫ A·B/w·dt/t, w = 1 − e^(−t), A = 1 − (1 + o·w)^(−r), B = e^(−t) − e^(−rt).
 *
 * @throws UnsupportedError for i + j > 2.
 */
export function negativeBinomialEntropy(i: number, j: number, r: number, o: number): number {
  if (i + j > 2) {
    throw new UnsupportedError('negativeBinomial: the entropy has derivatives to the second order')
  }
  if (!(r > 0 && o >= 0 && r < Infinity && o < Infinity)) return NaN
  const share = Math.max(1, Math.min(r, r * o) / LARGE)
  const total = r / share
  const derivative = (t: number, w: number): number => {
    const log = Math.log1p(o * w)
    const growth = Math.expm1(-total * log)
    const decay = Math.exp(-total * t)
    const gap = (total > 1 ? w - 1 : decay) * Math.expm1(-Math.abs(total - 1) * t)
    if (i + j === 0) return (-growth * gap) / w
    const power = growth + 1
    const slope = w / (1 + o * w)
    if (j === 2) return (-total * (total + 1) * slope * slope * power * gap) / w
    // A or its derivative in o, and their derivatives in r.
    const a = j === 0 ? -growth : total * slope * power
    const first = j === 0 ? log * power : slope * power * (1 - total * log)
    if (i === 0) return (a * gap) / w
    if (i === 1) return (a * t * decay + first * gap) / w
    return ((2 * first - a * t) * t * decay - log * first * gap) / w
  }
  const start = 1e-9 / (Math.max(1, total) * Math.max(1, total * o))
  const integral = integralOverScales(derivative, start, Math.min(1, total))
  const ofTrial =
    j === 0
      ? o === 0
        ? 0
        : Math.log1p(o) + o * Math.log1p(1 / o)
      : j === 1
        ? Math.log1p(1 / o)
        : -1 / o / (1 + o)
  if (i > 0) return ((i === 1 ? ofTrial : 0) - integral) / share ** i
  return total * ofTrial - integral + (j === 0 ? 0.5 * Math.log(share) : 0)
}
