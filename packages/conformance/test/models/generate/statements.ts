import type { ComputedSite, Expression, GivenSite, RandomSite } from '../description.ts'
import type { Choices } from './choices.ts'
import type { Draft, Drafted } from './draft.ts'
import {
  constantOf,
  linearNumber,
  linearRow,
  plainNumber,
  simplexes,
  tableOf,
  type Place,
} from './expressions.ts'
import {
  asDrafted,
  conjugateKind,
  continuousKind,
  discreteKind,
  made,
  valuesOf,
  type Kind,
} from './randomSites.ts'

/** Adds sites to a draft in some plates. */
export type Statement = (draft: Draft, choose: Choices, plates: readonly string[]) => void

export const latent: Statement = (draft, choose, plates) => {
  const isScaled = draft.commonScale !== undefined
  const kind = choose.chance(0.5) ? discreteKind(choose) : continuousKind(choose, isScaled)
  addLatent(draft, choose, plates, kind)
}

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

function addObserved(draft: Draft, choose: Choices, plates: readonly string[], kind: Kind): void {
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

export const input: Statement = (draft, choose, plates) => {
  const event = choose.chance(0.8) ? [] : [choose.below(2) + 2]
  addGiven(draft, plates, { kind: 'input', event }, () => choose.between(-1.5, 1.5))
}

export const param: Statement = (draft, choose, plates) => {
  const domain = choose.pick(['real', 'positive', 'unitInterval', 'simplex'] as const)
  if (domain === 'simplex') {
    const event = [choose.below(2) + 2]
    const name = addGiven(draft, plates, { kind: 'param', event, domain }, () => 0)
    const lengths = plates.map((plate) => draft.plates[plate]!.length)
    draft.data[name] = simplexes(choose, lengths, event[0]!)
    return
  }
  const event = domain === 'real' && choose.chance(0.3) ? [2] : []
  const [low, high] = { real: [-1.5, 1.5], positive: [0.4, 2], unitInterval: [0.1, 0.9] }[domain]
  addGiven(draft, plates, { kind: 'param', event, domain }, () => choose.between(low!, high!))
}

function addGiven(
  draft: Draft,
  plates: readonly string[],
  own: Omit<GivenSite, 'name' | 'plates'>,
  number: () => number,
): string {
  const site: GivenSite = { ...own, name: draft.name(own.kind === 'input' ? 'u' : 'w'), plates }
  const lengths = plates.map((plate) => draft.plates[plate]!.length)
  draft.sites.push({ site, event: own.event, isContinuous: false })
  draft.data[site.name] = tableOf([...lengths, ...own.event], number)
  return site.name
}
