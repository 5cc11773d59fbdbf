import { placeOf, type Program } from '@variate/language/internal'
import type { Curvature } from './curvature.ts'
import type { Label } from './labels.ts'

/** A sentence for each direction along which the log density is no maximum: it names the latent that moves most along it. */
export function flatWarnings(
  { declarations }: Program,
  flat: Curvature['flat'],
  labels: readonly Label[],
): readonly string[] {
  const names = [...new Set(flat.map(({ at }) => labels[at]!.text))]
  return names.map((text) => {
    const { site } = labels.find((label) => label.text === text)!
    const of = placeOf(declarations.find(({ name }) => name === site)!)
    return (
      `${of}: the Hessian of the log density is not negative definite along ${text}: the data and the prior do not settle it near ` +
      'the mode, and covariance and logEvidence are not to be relied upon: give it a narrower prior, or use bbvi'
    )
  })
}
