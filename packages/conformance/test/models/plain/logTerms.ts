import { sizeOf, type ComputedSite, type Description, type RandomSite, type Table } from '../description.ts'
import { logDensity } from './densities.ts'
import { numberOf, type Form } from './form.ts'
import { walk } from './walk.ts'

/** The numbers of one element of a table; null where they are missing. */
export function elementOf(
  { numbers }: Table,
  { event }: RandomSite,
  element: number,
): readonly number[] | null {
  const size = sizeOf(event)
  const own = numbers.slice(element * size, (element + 1) * size)
  return own.includes(null) ? null : (own as readonly number[])
}

/** What an element of a factor adds to the log joint. */
export function factorOf({ curvature }: ComputedSite, value: Form): number {
  const x = numberOf(value)
  return curvature === undefined ? x : (-curvature / 2) * x ** 2
}

/** The terms of the log joint of a complete assignment, element by element, in nats. */
export function logTerms(
  description: Description,
  latents: Readonly<Record<string, Table>>,
): Readonly<Record<string, number[]>> {
  const all: Record<string, number[]> = {}
  const add = (name: string, log: number): void => void (all[name] ??= []).push(log)
  const known = { ...description.data, ...latents, ...description.conditioned }
  walk(description, {
    random: (site, element, distribution) => {
      const own = elementOf(known[site.name]!, site, element)
      add(site.name, own ? logDensity(own, distribution) : 0)
      return own ?? site.event.map(() => NaN)
    },
    factor: (site, _, value) => add(site.name, factorOf(site, value)),
  })
  return all
}
