import { DomainError, UnsupportedError } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { Numbers } from '@variate/distributions'
import type { Declaration, Environment, Plate, PlateSize } from './declaration.ts'
import { entryOf } from './entryOf.ts'
import { siteOf, type Program } from './program.ts'
import { suggestion } from './suggestion.ts'
import { under } from './under.ts'

export interface AnyPartOptions {
  readonly inputs?: Readonly<Record<string, (environment: Environment) => Numbers>>
  readonly plates?: Readonly<Record<string, string>>
}

/**
 * A program as a part of another: its sites, whose functions see their own names, and the plates that it adds, all under
 * names that begin with the part's, but for plates that are said to be plates of the other.
 *
 * @param around the plates that are open where the part is declared.
 * @throws DomainError for inputs and plates that there are not, sizes that differ, and values that are fixed for one element
 *   of the plates around; UnsupportedError for networks in plates.
 */
export function partOf(
  outer: Program,
  around: readonly string[],
  name: string,
  part: Program,
  { inputs = {}, plates = {} }: AnyPartOptions,
): Pick<Program, 'declarations' | 'plates'> {
  const who = `model "${outer.name}": part "${name}"`
  checkInputs(part, inputs, who)
  const sizes = sharedSizes(outer, around, part, plates, who)
  const plateOf = (plate: string): string => entryOf(plates, plate) ?? `${name}.${plate}`
  const own = [...part.plates].flatMap(([plate, { size, isChain }]): [string, Plate][] => {
    if (entryOf(plates, plate) !== undefined) return []
    const named = typeof size === 'string' ? (sizes.get(size) ?? `${name}.${size}`) : size
    return [[plateOf(plate), { size: named, isChain }]]
  })
  const taken = own.find(([plate]) => outer.plates.has(plate))
  if (taken) throw new DomainError(`${who}: plate "${taken[0]}" is already declared`)
  const declarations = part.declarations.map((site): Declaration => {
    const placed = { name: `${name}.${site.name}`, plates: [...around, ...site.plates.map(plateOf)] }
    if (around.length > 0) checkPlaced(site, around.at(-1)!, who)
    const input = site.kind === 'input' ? entryOf(inputs, site.name) : undefined
    if (input) return { kind: 'deterministic', ...placed, of: input }
    const from = site.kind === 'input' && site.from
    const own = { ...renamed(site, name), ...placed }
    return from ? ({ ...own, from: { ...renamed(from, name), ...placed } } as Declaration) : own
  })
  return { declarations, plates: new Map([...outer.plates, ...own]) }
}

/** A site whose functions see the names of the part without its own. */
function renamed(site: Declaration, part: string): Declaration {
  if (!('of' in site)) return site
  const of = (environment: Environment): never => site.of(under(environment, part)) as never
  if (!('next' in site) || !site.next) return { ...site, of } as Declaration
  const { next } = site
  return {
    ...site,
    of,
    next: (environment, previous) => next(under(environment, part), under(previous, part)) as never,
  }
}

function checkInputs(part: Program, inputs: object, who: string): void {
  const { name, declarations } = part
  const open = declarations.flatMap((site) => (site.kind === 'input' && !site.value ? [site.name] : []))
  for (const [input, value] of Object.entries(inputs) as [string, unknown][]) {
    if (!open.includes(input))
      throw new DomainError(
        `${who}: "${input}" ${suggestion(input, open, `an input of model "${name}"`, siteOf(part, input))}`,
      )
    if (typeof value !== 'function')
      throw new DomainError(
        `${who}: input "${input}" must be settled by a function of what is declared before the part, got ${shown(value)}`,
      )
  }
}

/** Sizes by the names that the part has for them, as far as plates that it shares tell. */
function sharedSizes(
  outer: Program,
  around: readonly string[],
  part: Program,
  plates: Readonly<Record<string, string>>,
  who: string,
): ReadonlyMap<string, PlateSize> {
  const sizes = new Map<string, PlateSize>()
  for (const [own, shared] of Object.entries(plates)) {
    const [inner, found] = [part.plates.get(own), outer.plates.get(shared)]
    if (!inner)
      throw new DomainError(
        `${who}: "${own}" ${suggestion(own, [...part.plates.keys()], 'a plate of the part')}`,
      )
    if (!found)
      throw new DomainError(
        `${who}: "${shared}" ${suggestion(shared, [...outer.plates.keys()], 'a plate of the model')}`,
      )
    const is = `${who}: plate "${own}" cannot be plate "${shared}"`
    if (inner.isChain || found.isChain) throw new DomainError(`${is}: a chain is declared once`)
    if (around.includes(shared)) throw new DomainError(`${is}, which is open around the part`)
    if (Object.values(plates).filter((other) => other === shared).length > 1)
      throw new DomainError(`${is}: another plate of the part is`)
    const known = typeof inner.size === 'string' ? (sizes.get(inner.size) ?? found.size) : inner.size
    if (known !== found.size)
      throw new DomainError(
        `${is}: it has size ${shown(known)}, and "${shared}" has size ${shown(found.size)}`,
      )
    if (typeof inner.size === 'string') sizes.set(inner.size, found.size)
  }
  return sizes
}

/** What there cannot be an element of for each of the plates around. */
function checkPlaced(site: Declaration, plate: string, who: string): void {
  if (site.kind === 'network')
    throw new UnsupportedError(
      `${who} is in plate "${plate}", and has network "${site.name}": declare the part outside, all elements share a network`,
    )
  if ('value' in site && site.value)
    throw new DomainError(
      `${who} is in plate "${plate}", and its site "${site.name}" has a value already: give values to the model made of parts`,
    )
}
