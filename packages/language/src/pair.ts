import { DomainError, ShapeError } from '@variate/core'
import type { Distribution } from '@variate/distributions'
import { bind, type Bound } from './bind.ts'
import type { Declaration, InputDeclaration, RandomSite } from './declaration.ts'
import { entryOf } from './entryOf.ts'
import { checkPlates, latentsOf } from './guideProgram.ts'
import { placeOf, titleOf, type Program } from './program.ts'
import { suggestion } from './suggestion.ts'
import { whyNotWithin } from './whyNotWithin.ts'

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
  const seen = seenOf(model, guide, who)
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
  for (const [name, site] of latentsOf(model)) checkValues(bound, ofGuide, name, site as RandomSite, who)
  return { model: bound, guide: ofGuide }
}

/** @throws DomainError for latents of the one that are none of the other, and those in other plates. */
function checkLatents(model: Program, guide: Program, who: string): void {
  const [expected, own] = [latentsOf(model), latentsOf(guide)]
  for (const [name, site] of own) {
    const inModel = expected.get(name)
    if (inModel) {
      checkPlates(who, site, inModel)
      continue
    }
    const other = model.declarations.find((declared) => declared.name === name)
    throw new DomainError(
      other
        ? `${who}: the guide has ${placeOf(site)}, which is ${other.kind === 'latent' ? '' : 'no latent but '}${other.kind} in ${titleOf(model)}: ` +
            'leave it out of the guide'
        : `${who}: the guide has ${placeOf(site)}, and "${name}" ${suggestion(name, [...expected.keys()], `a latent of ${titleOf(model)}`)}`,
    )
  }
  for (const [name, site] of expected) {
    if (own.has(name)) continue
    throw new DomainError(
      `${who}: the guide has no ${placeOf(site)}, which is latent in ${titleOf(model)}: ` +
        `add .latent('${name}', …) to the guide${site.plates.length > 0 ? ` in ${whereIn(site)}` : ''}`,
    )
  }
}

function whereIn({ plates }: Declaration): string {
  return `plate ${plates.map((plate) => `"${plate}"`).join(' and in it ')}`
}

/** The guide with the data of this model for those of the one that it was made of. */
function seenOf(model: Program, guide: Program, who: string): Program {
  const of = guide.guides!
  for (const [name, { size, isChain }] of guide.plates) {
    const own = model.plates.get(name)
    const isUsed = guide.declarations.some(({ plates }) => plates.includes(name))
    if (!isUsed || (own && own.size === size && own.isChain === isChain)) continue
    throw new DomainError(
      `${who}: the guide was made for model "${of.name}", whose plate "${name}" has size ${size}; ` +
        `${titleOf(model)} has ${own ? `size ${own.size}` : 'no such plate'}: make the guide of this model`,
    )
  }
  const declarations = guide.declarations.map((site): Declaration => {
    if (site.kind !== 'input') {
      if (site.kind === 'latent' || !model.declarations.some(({ name }) => name === site.name)) return site
      throw new DomainError(
        `${who}: "${site.name}" is declared by the guide and by ${titleOf(model)}: give it another name in the guide`,
      )
    }
    const own = model.declarations.find(({ name }) => name === site.name)
    const isData = own?.kind === 'observed' || own?.kind === 'input'
    if (!isData || String(own.plates) !== String(site.plates)) {
      throw new DomainError(
        `${who}: the guide was made for model "${of.name}", in which ${placeOf(site)} is known; in ${titleOf(model)} ` +
          `${own ? `${placeOf(own)} is ${own.kind}` : 'there is none'}: make the guide of this model`,
      )
    }
    return own.value === site.value ? site : withValue(site, own.value)
  })
  return declarations.every((site, i) => site === guide.declarations[i])
    ? guide
    : { ...guide, guides: model, declarations }
}

function withValue(
  { kind, name, plates }: InputDeclaration,
  value: InputDeclaration['value'],
): InputDeclaration {
  return { kind, name, plates, ...(value ? { value } : {}) }
}

/** @throws ShapeError and DomainError for a latent whose values are of another shape, type or support than in the model. */
function checkValues(model: Bound, guide: Bound, name: string, site: RandomSite, who: string): void {
  const own = guide.program.declarations.find((other) => other.name === name) as RandomSite
  const [expected, got] = [model.specs[name]!, guide.specs[name]!]
  const of = site.plates.length
  const [p, q] = [model.distributions.get(site)!, guide.distributions.get(own)!]
  const where = `${who}: ${placeOf(site)}`
  if (String(expected.shape) !== String(got.shape)) {
    const each = of > 0 ? 'each element has' : 'it has'
    throw new ShapeError(
      `${where}: ${each} shape [${got.shape.slice(of)}] in the guide (${q.name}), expected [${expected.shape.slice(of)}] as in ` +
        `the model (${p.name}): ${hintFor(expected.shape.slice(of))}`,
    )
  }
  if (p.support.isDiscrete !== q.support.isDiscrete) {
    const what = (d: Distribution): string => `${d.name}, ${d.support.isDiscrete ? 'discrete' : 'continuous'}`
    throw new DomainError(
      `${where}: the guide has ${what(q)}, and the model ${what(p)}: ` +
        `take a ${p.support.isDiscrete ? 'discrete' : 'continuous'} distribution in the guide`,
    )
  }
  if (expected.dtype !== got.dtype) {
    throw new DomainError(
      `${where}: values are ${got.dtype} in the guide (${q.name}), expected ${expected.dtype} as in the model (${p.name}): ` +
        'take a distribution of the same kind',
    )
  }
  const why = whyNotWithin(
    q.support,
    p.support,
    p.eventShape.length >= q.eventShape.length ? p.eventShape : q.eventShape,
  )
  if (why !== undefined) {
    throw new DomainError(
      `${where}: the guide (${q.name}) gives values such as ${why}, which must be ${p.support.description} in the model ` +
        `(${p.name}): take a distribution whose support is ${p.support.name}`,
    )
  }
}

function hintFor(shape: readonly number[]): string {
  return shape.length === 0 ? 'give it one number for each element' : `give its parameters shape [${shape}]`
}
