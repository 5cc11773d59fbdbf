import { UnsupportedError } from '@variate/core'
import type { Setting } from '../bbvi/problemOf.ts'

/** @throws UnsupportedError for a q that is a single point in some latent, whose weights p/q would say nothing. */
export function checkDensity({ variational }: Setting, who: string): void {
  const point = variational.factors.find(({ isPoint, kind }) => isPoint || kind?.name === 'pointMass')
  if (!point) return
  throw new UnsupportedError(
    `${who}: q of "${point.sites[0]}" is a single point, which has no density: log p(x) cannot be estimated from it`,
  )
}
