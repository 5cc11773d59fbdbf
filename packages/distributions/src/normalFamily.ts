import type { Tensor } from '@tensorflow/tfjs-core'
import { div, log, mul, square, sub, type Real } from '@variate/core/ops'
import { rootMeanSquare, weightedMean } from '@variate/core/internal'
import type { Resolved } from './define.ts'

// The normal distribution as an exponential family: T(x) = (x, x²), η = (loc, −½)/scale².

export function normalNaturalParameters({ loc, scale }: Resolved<'loc' | 'scale'>): readonly Real[] {
  return [div(div(loc, scale), scale), div(-0.5, square(scale))]
}

/** −η₁²/(4·η₂) − ½·log(−2·η₂) */
export function normalLogNormalizer([first, second]: readonly Real[]): Real {
  return sub(mul(-0.25, mul(first!, div(first!, second!))), mul(0.5, log(mul(-2, second!))))
}

/** The weighted mean and standard deviation. */
export function estimateNormal(x: Tensor, w: Tensor): Readonly<Record<'loc' | 'scale', Real>> {
  const loc = weightedMean(x, w)
  return { loc, scale: rootMeanSquare(sub(x, loc), w) }
}
