import { UnsupportedError } from '@variate/core'
import { placeOf } from '@variate/language/internal'
import type { FactorSite } from './supportKinds.ts'
import type { TermLayout } from './termLayout.ts'

/**
 * That a term is not conjugate in some latents.
 *
 * @param families the names of what was tried, if it is one latent that it fails in.
 */
export function refusal(
  { term }: TermLayout,
  sites: readonly FactorSite[],
  families: string | undefined,
  who: string,
): UnsupportedError {
  const names = [...new Set(sites.map(({ site }) => site.name))]
  const quoted = names.map((name) => `"${name}"`).join(' and ')
  const how =
    families === undefined
      ? 'is no sum of products of their statistics'
      : `is not linear in the statistics of a distribution of the family ${families}`
  return new UnsupportedError(
    `${who}: ${placeOf(term.site)} is not conjugate in ${quoted}: its log density, as a function of ${quoted}, ${how}: use bbvi, ` +
      `which needs no conjugacy, or condition on ${quoted}`,
  )
}
