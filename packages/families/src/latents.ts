import type { Bound, RandomSite } from '@variate/language/internal'

/** The latents of a model that have no value, in the order of their declaration. */
export function latentsOf({ program, values }: Bound): readonly RandomSite[] {
  return program.declarations.filter(
    (site): site is RandomSite => site.kind === 'latent' && values[site.name] === undefined,
  )
}

/** The name under which a draw holds the numbers without bounds that a latent was made of. */
export function placeName(site: string): string {
  return `${site}\0place`
}
