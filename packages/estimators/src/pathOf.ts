import type { EstimatorByFactor } from './byFactor.ts'
import { checkReparameterized } from './checkDraws.ts'

/** The choice of an estimator that differentiates all factors through their draws. */
export function pathOf(estimator: string, hasScore: boolean): EstimatorByFactor['choose'] {
  return (factor, who) => {
    checkReparameterized(estimator, { factors: [factor], terms: [], sizes: new Map() }, who)
    return {
      part: { kind: 'path', hasScore },
      estimator,
      reason: 'asked for: its draws are smooth functions of the parameters',
    }
  }
}
