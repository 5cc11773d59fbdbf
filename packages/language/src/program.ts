import type { Declaration, Plate } from './declaration.ts'

/** A model as data: what is declared, in order, and the plates. It never changes. */
export interface Program {
  readonly name: string
  readonly declarations: readonly Declaration[]
  readonly plates: ReadonlyMap<string, Plate>
  /** Of a guide: the model whose latents it is over. Its own inputs are what it sees of it. */
  readonly guides?: Program
  /** Of one whose latents are deviations: what it was made of, and the name of the deviation of each site that is computed of one. */
  readonly uncentered?: { readonly from: Program; readonly deviations: ReadonlyMap<string, string> }
}

/** The site of this name, if there is one. */
export function siteOf({ declarations }: Program, name: string): Declaration | undefined {
  return declarations.find((site) => site.name === name)
}

/** What is named in errors: `model "eight schools"`. */
export function titleOf({ name, guides }: Program): string {
  return guides ? `guide of model "${guides.name}"` : `model "${name}"`
}

/** Where a site stands, for errors: `site "y" (plate "school")`. */
export function placeOf({ name, plates }: Pick<Declaration, 'name' | 'plates'>): string {
  if (plates.length === 0) return `site "${name}"`
  const named = plates.map((plate) => `"${plate}"`).join(', ')
  return `site "${name}" (${plates.length > 1 ? 'plates' : 'plate'} ${named})`
}
