import type { ComputedSite, RandomSite } from '../description.ts'
import type { Choices } from './choices.ts'
import type { Draft, Drafted } from './draft.ts'
import { constantOf, linearNumber, linearRow, plainNumber, type Place } from './expressions.ts'
import { asDrafted, continuousKind, discreteKind, made, valuesOf, type Kind } from './randomSites.ts'

/** Adds sites to a draft in some plates. */
export type Statement = (draft: Draft, choose: Choices, plates: readonly string[]) => void

export const latent: Statement = (draft, choose, plates) => {
  const isScaled = draft.commonScale !== undefined
  const kind = choose.chance(0.5) ? discreteKind(choose) : continuousKind(choose, isScaled)
  addLatent(draft, choose, plates, kind)
}

/** Latents in layers, each given the one above it. */
export const layers: Statement = (draft, choose, plates) => {
  const isScaled = draft.commonScale !== undefined
  const kind = choose.chance(0.3) ? discreteKind(choose) : continuousKind(choose, isScaled)
  const { event, support } = kind
  const prefix = `${draft.name('h')}_`
  let count = choose.below(3) + 1
  while (count > 0 && !draft.admits(plates, event, support, count)) count--
  let above: Drafted | undefined
  for (let i = count; i > 0; i--) {
    const place: Place = { draft, choose, plates, withBefore: false, ...(above ? { above } : {}) }
    const site: RandomSite = {
      kind: 'latent',
      name: `${prefix}${i}`,
      plates,
      event,
      ...(support ? { support } : {}),
      of: made(place, kind),
      layers: prefix,
    }
    above = asDrafted(site)
    draft.sites.push(above)
  }
}

/** A latent of each step of a chain. */
export const chainLatent: Statement = (draft, choose, plates) => {
  const isScaled = draft.commonScale !== undefined
  const kind = choose.chance(0.5) ? discreteKind(choose) : continuousKind(choose, isScaled)
  addLatent(draft, choose, plates, kind, true)
}

function addLatent(
  draft: Draft,
  choose: Choices,
  plates: readonly string[],
  kind: Kind,
  isChain = false,
): void {
  const { event, support } = kind
  if (!draft.admits(plates, event, support)) return
  const place: Place = { draft, choose, plates, withBefore: false }
  const named = { name: draft.name('z'), plates, event, ...(support ? { support } : {}) }
  const site: RandomSite = { kind: 'latent', ...named, of: made(place, kind) }
  if (!isChain) {
    draft.sites.push(asDrafted(site))
    return
  }
  const next = made({ ...place, withBefore: true, own: asDrafted(site) }, kind)
  draft.sites.push(asDrafted({ ...site, next }))
}

export const observed: Statement = (draft, choose, plates) => {
  const kinds: readonly (() => Kind)[] = [
    () => ({ family: 'normal', event: [] }),
    () => continuousKind(choose, draft.commonScale !== undefined),
    () => discreteKind(choose),
    () => ({ family: 'poisson', event: [] }),
  ]
  addObserved(draft, choose, plates, choose.pick([kinds[0]!, ...kinds])())
}

/** An observation of a kind of distribution, with data. */
export function addObserved(draft: Draft, choose: Choices, plates: readonly string[], kind: Kind): void {
  const place: Place = { draft, choose, plates, withBefore: false }
  const { event, support } = kind
  const site: RandomSite = {
    kind: 'observed',
    name: draft.name('x'),
    plates,
    event,
    ...(support ? { support } : {}),
    of: made(place, kind),
  }
  draft.sites.push(asDrafted(site))
  const lengths = plates.map((plate) => draft.plates[plate]!.length)
  draft.data[site.name] = valuesOf(choose, site, lengths)
}

export const deterministic: Statement = (draft, choose, plates) => {
  const place: Place = { draft, choose, plates, withBefore: false }
  const length = choose.below(2) + 2
  const linear = choose.chance(0.7) ? linearNumber(place) : undefined
  const isRow = choose.chance(0.3)
  const of = isRow ? linearRow(place, length) : (linear ?? plainNumber(place))
  const site: ComputedSite = { kind: 'deterministic', name: draft.name('d'), plates, of }
  draft.sites.push({ site, event: isRow ? [length] : [], isContinuous: isRow || linear !== undefined })
}

export const factor: Statement = (draft, choose, plates) => {
  const place: Place = { draft, choose, plates, withBefore: false }
  // Where variances have a common factor, one would not be a conjugate term.
  const isLinear = draft.commonScale === undefined && choose.chance(0.6)
  const of = (isLinear ? linearNumber(place) : undefined) ?? plainNumber(place)
  const isSquare = choose.chance(0.4)
  const site: ComputedSite = {
    kind: 'factor',
    name: draft.name('f'),
    plates,
    of: isSquare ? { kind: 'add', of, by: constantOf(choose.between(-1, 1)) } : of,
    ...(isSquare ? { curvature: choose.between(0.2, 1.5) } : {}),
  }
  draft.sites.push({ site, event: [], isContinuous: true })
}
