import { add, div, mul, sub, type Real } from '@variate/core/ops'
import { logMinus } from '@variate/core/internal'
import type { Resolved } from './define.ts'

/** z = (x − loc)/scale. */
export function standardize({ loc, scale }: Resolved<'loc' | 'scale'>, x: Real): Real {
  return div(sub(x, loc), scale)
}

/** z = (log x − loc)/scale, whose difference is rounded once. */
export function standardizeLog({ loc, scale }: Resolved<'loc' | 'scale'>, x: Real): Real {
  return div(logMinus(x, loc), scale)
}

/** x = loc + scale·z. */
export function unstandardize({ loc, scale }: Resolved<'loc' | 'scale'>, z: Real): Real {
  return add(loc, mul(scale, z))
}
