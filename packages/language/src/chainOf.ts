import type { Declaration } from './declaration.ts'
import type { Program } from './program.ts'

/** The chain that a site is in, if it is in one. */
export function chainOf({ plates }: Program, site: Declaration): string | undefined {
  return site.plates.find((plate) => plates.get(plate)!.isChain)
}

/** The sites from one on that are in the same chain. */
export function blockFrom({ declarations }: Program, from: number): readonly Declaration[] {
  const plates = String(declarations[from]!.plates)
  const end = declarations.findIndex((site, at) => at > from && String(site.plates) !== plates)
  return declarations.slice(from, end < 0 ? undefined : end)
}
