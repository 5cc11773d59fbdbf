import { UnsupportedError } from '@variate/core'
import type { Outline } from './estimator.ts'

const WHY = {
  discrete: 'is discrete: its draws jump as the parameters move, and have no derivative',
  opaque: 'is drawn by rejection or a table: its draws are no smooth function of the parameters',
}

/**
 * @param instead the estimators that take such factors.
 * @throws UnsupportedError for a factor whose draws are not differentiable.
 */
export function checkReparameterized(
  estimator: string,
  { factors }: Outline,
  who: string,
  instead = 'scoreFunction() or automatic()',
): void {
  for (const { name, draws } of factors) {
    if (draws === 'reparameterized') continue
    throw new UnsupportedError(
      `${who}: ${estimator} differentiates draws, and "${name}" ${WHY[draws]}: use ${instead}`,
    )
  }
}
