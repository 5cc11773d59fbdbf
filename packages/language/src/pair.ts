import { DomainError } from '@variate/core'
import { bind, type Bound } from './bind.ts'
import { checkGuideValues } from './checkGuideValues.ts'
import { checkLatents } from './checkLatents.ts'
import type { Declaration, RandomSite } from './declaration.ts'
import { entryOf } from './entryOf.ts'
import { latentsOf } from './guideProgram.ts'
import { titleOf, type Program } from './program.ts'
import { seenBy } from './seenBy.ts'

type Given = Readonly<Record<string, unknown>>

/** A model and its guide with what they are given, each latent of the one being a latent of the other. */
export interface Pair {
  readonly model: Bound
  readonly guide: Bound
}

export interface PairOptions {
  /** Sizes of plates by the names that no data settle. */
  readonly sizes?: Readonly<Record<string, number>> | undefined
  /** Names the call in errors. */
  readonly who: string
}

/**
 * Checks a guide against a model and data, before anything is computed. The guide may be of another version of the model, such
 * as one that is conditioned on more, if its sites fit: what it sees are the data of this one.
 *
 * @param given data of the model; values of parameters and networks of both.
 * @throws DomainError for latents that are missing or too many, other plates, supports or types; ShapeError for other shapes.
 *   All name site, plate, what is expected and what there is.
 */
export function pair(model: Program, guide: Program, given: Given, { sizes, who }: PairOptions): Pair {
  if (!guide.guides) throw new DomainError(`${who}: "${guide.name}" is no guide: make it by guide(model)`)
  checkLatents(model, guide, who)
  const seen = seenBy(model, guide, who)
  const names = new Set(seen.declarations.map(({ name }) => name))
  const ofModel = new Set(model.declarations.map(({ name }) => name))
  const fixed = new Set(
    seen.declarations.flatMap((site) => ('value' in site && site.value ? [site.name] : [])),
  )
  const entries = Object.entries(given)
  const own = entries.filter(([name]) => ofModel.has(name) || !names.has(name))
  const others = entries.filter(([name]) => names.has(name) && !fixed.has(name))
  for (const [name] of latentsOf(model)) {
    if (entryOf(given, name) !== undefined)
      throw new DomainError(`${who}: "${name}" is given, which the guide is over: condition the model on it`)
  }
  const needed = ({ kind }: Declaration): boolean => kind === 'input' || kind === 'observed'
  const bound = bind(model, Object.fromEntries(own), { sizes, who, needed })
  const open = [...model.plates.values()].flatMap(({ size }, i): [string, number][] =>
    typeof size === 'string' ? [[size, [...bound.sizes.values()][i]!]] : [],
  )
  const ofGuide = bind(seen, Object.fromEntries(others), {
    sizes: Object.fromEntries(open),
    who: `${who}: ${titleOf(guide)}`,
    needed,
  })
  for (const [name, site] of latentsOf(model)) checkGuideValues(bound, ofGuide, name, site as RandomSite, who)
  return { model: bound, guide: ofGuide }
}
