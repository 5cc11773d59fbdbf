import { requireKnown, requirePositive } from '../../regression/checkOptions.ts'

export interface LeastScaleOptions {
  /**
   * Below what no standard deviation falls: without one the density of an example that is met exactly has no bound. 0.001, if not given,
   * for data of scale 1.
   */
  readonly leastScale?: number
}

/** @throws DomainError for a number that is not finite and > 0, and options that there are not. */
export function leastScaleOf(who: string, options: LeastScaleOptions): number {
  requireKnown(who, options, ['leastScale'])
  const { leastScale = 0.001 } = options
  requirePositive(who, 'leastScale', leastScale)
  return leastScale
}
