import type { ComputedSite } from '../description.ts'
import { conjugate } from './conjugates.ts'
import { linearNumber, plainNumber, type Place } from './expressions.ts'
import { input } from './givenSites.ts'
import { chainLatent, deterministic, factor, latent, observed, type Statement } from './statements.ts'

/** A chain with its sites, perhaps for each element of a plate. */
export const chain: Statement = (draft, choose, plates) => {
  const own = [...plates.slice(0, 1), draft.addPlate(choose.below(4) + 1, true)]
  chainLatent(draft, choose, own)
  const more = [chainLatent, observed, observed, deterministic, input, factor]
  for (let i = choose.below(3) + 1; i > 0; i--) choose.pick(more)(draft, choose, own)
}

/** A model as a part of another, in a plate perhaps: it has an input that is settled by what is around it. */
export const part: Statement = (draft, choose, plates) => {
  // A part does not see the scale that its normal sites would have in common with others.
  if (draft.isInPart || draft.commonScale) return
  const around = plates.slice(0, 1)
  const place: Place = { draft, choose, plates: around, withBefore: false }
  const linear = choose.chance(0.6) ? linearNumber(place) : undefined
  const of = linear ?? plainNumber(place)
  draft.inPart(draft.name('q'), () => {
    const site: ComputedSite = {
      kind: 'deterministic',
      name: draft.name('u'),
      plates: around,
      of,
      isSettled: true,
    }
    draft.sites.push({ site, event: [], isContinuous: linear !== undefined })
    const first = [latent, latent, chain, conjugate]
    const more = [...first, observed, observed, deterministic, factor]
    const own = (): readonly string[] =>
      choose.chance(0.5) ? [...around, draft.addPlate(choose.below(3) + 1, false)] : around
    choose.pick(first)(draft, choose, own())
    for (let i = choose.below(2) + 1; i > 0; i--) choose.pick(more)(draft, choose, own())
  })
}
