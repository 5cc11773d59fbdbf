import type { Expression, RandomSite } from '../description.ts'
import type { Choices } from './choices.ts'
import type { Draft } from './draft.ts'
import { constantOf, type Place } from './expressions.ts'
import { asDrafted, conjugateKind, made, type Kind } from './randomSites.ts'
import { addObserved, type Statement } from './statements.ts'

/** A latent that is integrated with what is conjugate to it, and observations of that. */
export const conjugate: Statement = (draft, choose, plates) => {
  const { conjugate: family, ...kind } = conjugateKind(choose)
  if (!draft.admits(plates, kind.event)) return
  const place: Place = { draft, choose, plates, withBefore: false }
  const site: RandomSite = {
    kind: 'latent',
    name: draft.name('z'),
    plates,
    event: kind.event,
    of: made(place, kind),
  }
  draft.sites.push({ ...asDrafted(site), conjugate: family })
  const [categories = 2] = kind.event
  const support = Array.from({ length: categories }, (_, i) => i)
  const readers: readonly Kind[] = {
    gamma: [{ family: 'poisson', event: [] } as const],
    beta: [
      { family: 'bernoulli', event: [], support } as const,
      { family: 'binomial', event: [], support: [...support, 2] } as const,
    ],
    dirichlet: [{ family: 'categorical', event: [], support } as const],
  }[family]
  const inner = choose.chance(0.5) ? [...plates, draft.addPlate(choose.below(3) + 1, false)] : plates
  if (inner.length <= 2) addObserved(draft, choose, inner, choose.pick(readers))
}

/** A variance, or a precision, that all normal sites after it have in common. */
export function commonScale(draft: Draft, choose: Choices): void {
  // Its quadrature takes as long as several combinations.
  if (!draft.admits([], [], [0, 1, 2, 3, 4, 5, 6, 7])) return
  const family = choose.pick(['gamma', 'inverseGamma'] as const)
  const name = draft.name('z')
  const parameters = [constantOf(choose.between(5, 7)), constantOf(choose.between(2, 4))]
  const site: RandomSite = {
    kind: 'latent',
    name,
    plates: [],
    event: [],
    of: { family, parameters },
    isCommonScale: true,
  }
  draft.sites.push({ ...asDrafted(site), conjugate: 'scale' })
  const of: Expression = { kind: 'read', site: name }
  draft.commonScale = { kind: family === 'gamma' ? 'inverseSqrt' : 'sqrt', of }
}
