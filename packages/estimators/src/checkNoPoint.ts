import { UnsupportedError } from '@variate/core'
import type { Outline } from './estimator.ts'

/**
 * @param why what of a density the estimator needs.
 * @throws UnsupportedError for a factor that is a single point, which has no density.
 */
export function checkNoPoint(estimator: string, { factors }: Outline, why: string, who: string): void {
  const point = factors.find(({ isPoint }) => isPoint)
  if (!point) return
  throw new UnsupportedError(
    `${who}: ${estimator} ${why}, and q is a single point in "${point.name}", which has no density: use importanceWeighted(), or ` +
      'another family for it',
  )
}
