import { readsOf, type Description, type Plate, type RandomSite, type Table } from '../description.ts'
import { chain, part } from './blocks.ts'
import type { Choices } from './choices.ts'
import { commonScale, conjugate } from './conjugates.ts'
import { Draft } from './draft.ts'
import { input, param } from './givenSites.ts'
import { valuesOf } from './randomSites.ts'
import { deterministic, factor, latent, layers, observed } from './statements.ts'

/** A model assembled at random, and data for it. */
export function describeRandom(choose: Choices): Description {
  const draft = new Draft()
  if (choose.chance(0.25)) commonScale(draft, choose)
  const first = [param, input, latent, latent]
  for (let i = choose.below(3) + 1; i > 0; i--) choose.pick(first)(draft, choose, placeOf(draft, choose))
  // What is rarer by itself is begun with.
  choose.pick([conjugate, conjugate, conjugate, chain, chain, layers, layers, part])(
    draft,
    choose,
    placeOf(draft, choose),
  )
  const all = [
    latent,
    latent,
    latent,
    conjugate,
    conjugate,
    observed,
    observed,
    deterministic,
    factor,
    input,
    param,
    chain,
    chain,
    layers,
    part,
  ]
  for (let i = choose.below(4) + 2; i > 0; i--) choose.pick(all)(draft, choose, placeOf(draft, choose))
  for (let i = choose.below(2) + 1; i > 0; i--) observed(draft, choose, placeOf(draft, choose))
  const sites = withoutUnread(draft)
  const kept = (name: string): boolean => sites.some((site) => site.name === name)
  const fixed = fixedOf(draft, choose, sites)
  const data = Object.entries(draft.data)
    .filter(([name]) => kept(name) && !(name in fixed.intervened))
    .map(([name, table]) => [
      name,
      withMissing(choose, sites.find((site) => site.name === name) as never, table),
    ])
  const own = { sites, ...fixed, data: Object.fromEntries(data) as Description['data'] }
  return { ...own, plates: platesOf(draft, choose, own) }
}

/** Some plates: none, one, one within another, or two that cross. */
function placeOf(draft: Draft, choose: Choices): readonly string[] {
  // Plates of parts are theirs.
  const known = Object.keys(draft.plates).filter(
    (name) => !draft.plates[name]!.isChain && !name.includes('.'),
  )
  const any = (besides?: string): string => {
    const others = known.filter((name) => name !== besides)
    return others.length > 0 && choose.chance(0.7)
      ? choose.pick(others)
      : draft.addPlate(choose.below(3) + 1, false)
  }
  if (choose.chance(0.35)) return []
  const outer = any()
  return choose.chance(0.65) ? [outer] : [outer, any(outer)]
}

/** All sites but inputs and parameters that none reads. */
function withoutUnread(draft: Draft): Description['sites'] {
  const sites = draft.sites.map(({ site }) => site)
  const read = new Set(sites.flatMap(readsOf))
  return sites.filter(({ kind, name }) => (kind !== 'input' && kind !== 'param') || read.has(name))
}

/** Sites that the model is conditioned on, and interventions. */
function fixedOf(draft: Draft, choose: Choices, sites: Description['sites']) {
  const [conditioned, intervened]: Record<string, Table>[] = [{}, {}]
  for (const tables of [conditioned!, intervened!]) {
    const free = sites.filter(
      (site): site is RandomSite =>
        (site.kind === 'latent' || (site.kind === 'observed' && tables === intervened)) &&
        !(site.name in conditioned!),
    )
    if (free.length === 0 || !choose.chance(0.25)) continue
    const site = choose.pick(free)
    const lengths = site.plates.map((plate) => draft.plates[plate]!.length)
    tables[site.name] = valuesOf(choose, site, lengths)
  }
  return { conditioned: conditioned!, intervened: intervened! }
}

/** Observations of which some events are missing. */
function withMissing(choose: Choices, { kind, plates, event }: RandomSite, table: Table): Table {
  if (kind !== 'observed' || plates.length === 0 || !choose.chance(0.3)) return table
  const size = event.reduce((a, b) => a * b, 1)
  const isMissing = Array.from({ length: table.numbers.length / size }, () => choose.chance(0.4))
  return { ...table, numbers: table.numbers.map((x, i) => (isMissing[Math.floor(i / size)] ? null : x)) }
}

/** The plates that are used; those whose size data settle may have a name for it. */
function platesOf(draft: Draft, choose: Choices, own: Omit<Description, 'plates'>): Description['plates'] {
  const given = { ...own.data, ...own.conditioned, ...own.intervened }
  const settled = own.sites.filter(({ name }) => name in given).flatMap(({ plates }) => plates)
  const used = Object.entries(draft.plates).filter(([name]) =>
    own.sites.some(({ plates }) => plates.includes(name)),
  )
  return Object.fromEntries(
    used.map(([name, plate]): [string, Plate] => [
      name,
      settled.includes(name) && choose.chance(0.4)
        ? { ...plate, size: name.replace(/[^.]*$/, 'n$&') }
        : plate,
    ]),
  )
}
