import type { Bound, RandomSite } from '@variate/language/internal'
import { latentsOf } from './latents.ts'

/** What of a model a family is to be over. */
export interface FamilyPart {
  /** The latents; all that have no value, if not given. */
  readonly sites?: readonly RandomSite[] | undefined
  /** The innermost plate whose elements have distributions of their own, independent of each other. */
  readonly perElement?: string | undefined
}

/** The latents that a family is asked for, continuous ones first in one list, discrete ones in another. */
export function kindsOf(
  model: Bound,
  { sites = latentsOf(model) }: FamilyPart = {},
): { readonly continuous: readonly RandomSite[]; readonly discrete: readonly RandomSite[] } {
  const isDiscrete = (site: RandomSite): boolean => model.distributions.get(site)!.support.isDiscrete
  return { continuous: sites.filter((site) => !isDiscrete(site)), discrete: sites.filter(isDiscrete) }
}
