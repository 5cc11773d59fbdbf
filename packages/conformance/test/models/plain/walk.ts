import {
  isGiven,
  isRandom,
  lengthsOf,
  sizeOf,
  type ComputedSite,
  type Description,
  type Made,
  type RandomSite,
  type Site,
} from '../description.ts'
import { evaluate, taken, valuesOf, type Read, type Values } from './evaluate.ts'
import { numberOf, type Form } from './form.ts'

/** A distribution with the values of its parameters. */
export interface Evaluated {
  readonly family: Made['family']
  readonly parameters: readonly Values[]
}

export interface Visitor {
  /** Settles an element of a random site; what it gives are the numbers of its event. */
  random(site: RandomSite, element: number, distribution: Evaluated): readonly Form[]
  factor(site: ComputedSite, element: number, value: Form): void
}

/** Goes through all elements of all sites in the order of their declaration. */
export function walk(description: Description, visitor: Visitor): ReadonlyMap<string, Values> {
  const all = new Map<string, Values>()
  for (const site of description.sites) {
    const { intervened, data } = description
    const known = intervened[site.name] ?? (isGiven(site) ? data[site.name] : undefined)
    if (known) {
      all.set(site.name, valuesOf(known))
      continue
    }
    const lengths = lengthsOf(description, site)
    const forms: Form[] = []
    let event: readonly number[] = 'event' in site ? site.event : []
    for (let element = 0; element < sizeOf(lengths); element++) {
      // A chain's own earlier steps are read as well.
      if (element > 0 && 'next' in site) all.set(site.name, { shape: [element, ...event], forms })
      const index = indexOf(site, lengths, element)
      const read: Read = (name, isBefore) => seen(description, all, site, name, index, isBefore)
      if (isRandom(site)) {
        const made = site.next && index.get(site.plates.at(-1)!)! > 0 ? site.next : site.of
        const parameters = made.parameters.map((expression) => evaluate(expression, read))
        forms.push(...visitor.random(site, element, { family: made.family, parameters }))
      } else if (!isGiven(site)) {
        const value = evaluate(site.of, read)
        if (site.kind === 'factor') visitor.factor(site, element, value.forms[0]!)
        forms.push(...value.forms)
        event = value.shape
      }
    }
    if (site.kind !== 'factor') all.set(site.name, { shape: [...lengths, ...event], forms })
  }
  return all
}

/** The place of an element in each of its site's plates. */
function indexOf(site: Site, lengths: readonly number[], element: number): ReadonlyMap<string, number> {
  const index = new Map<string, number>()
  let rest = element
  for (let axis = lengths.length - 1; axis >= 0; axis--) {
    index.set(site.plates[axis]!, rest % lengths[axis]!)
    rest = Math.floor(rest / lengths[axis]!)
  }
  return index
}

/** A site as an element of a reader sees it: its own element along plates that enclose the reader, all along the others. */
function seen(
  { sites }: Description,
  all: ReadonlyMap<string, Values>,
  reader: Site,
  name: string,
  index: ReadonlyMap<string, number>,
  isBefore: boolean,
): Values {
  const { plates } = sites.find((site) => site.name === name)!
  const chain = reader.plates.at(-1)!
  const at = isBefore ? new Map([...index, [chain, index.get(chain)! - 1]]) : index
  let values = all.get(name)!
  // So far its own elements are one behind the other: the step before is the last.
  if (name === reader.name) return taken(values, 0, values.shape[0]! - 1)
  for (let axis = plates.length - 1; axis >= 0; axis--) {
    const own = at.get(plates[axis]!)
    if (own !== undefined) values = taken(values, axis, own)
  }
  return values
}

/** All numbers of values that are not random. */
export function numbersOf({ forms }: Values): readonly number[] {
  return forms.map(numberOf)
}
