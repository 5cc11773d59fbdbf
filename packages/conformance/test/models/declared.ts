import type { Tensor } from '@tensorflow/tfjs-core'
import { mul } from '@variate/core/ops'
import { model, positive, real, simplex, unitInterval, type Model } from '@variate/language'
import {
  isGiven,
  isRandom,
  nested,
  type ComputedSite,
  type Description,
  type GivenSite,
  type RandomSite,
  type Site,
} from './description.ts'
import { distributionOf, valueOf, type Environment } from './made.ts'

type Of = (seen: Environment, before: Environment) => unknown

type Top = (seen: Environment, site: RandomSite) => unknown
type Next = (seen: Environment, above: Tensor, site: RandomSite) => unknown

/** The builder without the types that follow the names of sites: those of a description are not known to them. */
interface Builder {
  input(name: string): this
  param(name: string, domain: unknown): this
  latent(name: string, of: Of, next?: Of): this
  observed(name: string, of: Of): this
  deterministic(name: string, of: Of): this
  factor(name: string, of: Of): this
  layers(prefix: string, sites: readonly RandomSite[], top: Top, next: Next): this
  part(name: string, model: unknown, options: { readonly inputs: Readonly<Record<string, Of>> }): this
  plate(name: string, size: number | string, body: (inside: Builder) => Builder): this
  markov(name: string, size: number | string, body: (inside: Builder) => Builder): this
}

/** The model that a description is of. */
export function declared(description: Description): Model {
  const { sites, conditioned, intervened } = description
  const empty = model('random') as unknown as Builder
  const whole = within(empty, description, sites, 0) as unknown as Model
  const given = (tables: Description['conditioned']): never =>
    Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, nested(table)])) as never
  return whole.condition(given(conditioned)).intervene(given(intervened)) as unknown as Model
}

/** What a model is given for its observations, inputs and parameters. */
export function givenOf({ data }: Description): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).map(([name, table]) => [name, nested(table)]))
}

/** Declares sites one after the other; neighbours in the same plate, part or layers are in one call. */
function within(builder: Builder, description: Description, sites: readonly Site[], depth: number): Builder {
  let own = builder
  for (let from = 0; from < sites.length;) {
    const key = blockOf(sites[from]!, depth)
    const end = sites.findIndex((site, at) => at > from && blockOf(site, depth) !== key)
    const to = key === undefined ? from + 1 : end < 0 ? sites.length : end
    const [first, ...rest] = sites.slice(from, to) as [Site, ...Site[]]
    own = block(own, description, [first, ...rest], depth)
    from = to
  }
  return own
}

/** What sites are declared in together, where so many plates are open. */
function blockOf(site: Site, depth: number): string | undefined {
  if (isPart(site, depth)) return `part ${site.part}`
  return site.plates[depth] ?? ('layers' in site ? `layers ${site.layers}` : undefined)
}

/** Whether what comes next is the part that a site is in: its plates are within. */
function isPart({ part, plates }: Site, depth: number): boolean {
  return part !== undefined && (plates[depth]?.startsWith(`${part}.`) ?? true)
}

function block(
  builder: Builder,
  description: Description,
  sites: readonly [Site, ...Site[]],
  depth: number,
): Builder {
  const [first] = sites
  if (isPart(first, depth)) return partAdded(builder, description, sites, depth)
  const plate = first.plates[depth]
  if (plate !== undefined) {
    const { length, isChain, size = length } = description.plates[plate]!
    const body = (inside: Builder): Builder => within(inside, description, sites, depth + 1)
    return isChain ? builder.markov(plate, size, body) : builder.plate(plate, size, body)
  }
  if (!('layers' in first)) return added(builder, first)
  return builder.layers(
    first.layers!,
    sites.toReversed() as RandomSite[],
    (seen, site) => distributionOf(site.of)(seen, {}),
    (seen, above, { of, name }) => distributionOf(of)(withAbove(seen, above, name), {}),
  )
}

/** The environment in which a layer is seen that is told as the one above. */
function withAbove(seen: Environment, above: Tensor, name: string): Environment {
  const aboveName = name.replace(/\d+$/, (index) => String(Number(index) + 1))
  return new Proxy({}, { get: (_, own) => (own === aboveName ? above : seen[own as string]) })
}

function partAdded(
  builder: Builder,
  description: Description,
  sites: readonly Site[],
  depth: number,
): Builder {
  const part = sites[0]!.part!
  const inputs: Record<string, Of> = {}
  const own = sites.map((site): Site => {
    const { name, ...rest } = withoutPart({ ...site, plates: site.plates.slice(depth) }, part)
    if (!('isSettled' in site)) return { name, ...rest } as Site
    inputs[name] = valueOf(site.of)
    return { kind: 'input', name, plates: rest.plates, event: [] }
  })
  const plates = Object.entries(description.plates).map(([name, plate]) => [
    withoutPart(name, part),
    withoutPart(plate, part),
  ])
  const inner = { ...description, plates: Object.fromEntries(plates) as Description['plates'] }
  const submodel = within(model('part') as unknown as Builder, inner, own, 0)
  return builder.part(part, submodel, { inputs })
}

/** All names within something are those that it has in its part. */
function withoutPart<Of>(of: Of, part: string): Of {
  if (typeof of === 'string') return (of.startsWith(`${part}.`) ? of.slice(part.length + 1) : of) as Of
  if (Array.isArray(of)) return of.map((item: unknown) => withoutPart(item, part)) as Of
  if (typeof of !== 'object' || of === null) return of
  const entries = Object.entries(of).filter(([key]) => key !== 'part')
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutPart(item, part)])) as Of
}

function added(builder: Builder, site: Site): Builder {
  const { name } = site
  if (isGiven(site)) return site.kind === 'input' ? builder.input(name) : builder.param(name, domainOf(site))
  if (!isRandom(site)) {
    return site.kind === 'factor'
      ? builder.factor(name, logWeightOf(site))
      : builder.deterministic(name, valueOf(site.of))
  }
  if (site.kind === 'observed') return builder.observed(name, distributionOf(site.of))
  const { of, next } = site
  return next
    ? builder.latent(name, distributionOf(of), distributionOf(next))
    : builder.latent(name, distributionOf(of))
}

function logWeightOf({ of, curvature }: ComputedSite): Of {
  const value = valueOf(of)
  if (curvature === undefined) return value
  return (...environments) => {
    const x = value(...environments)
    return mul(-curvature / 2, mul(x, x))
  }
}

function domainOf({ domain, event }: GivenSite): unknown {
  if (domain === 'simplex') return simplex(event[0]!)
  if (domain === 'positive') return positive(event)
  return domain === 'unitInterval' ? unitInterval(event) : real(event)
}
