import type { Tensor } from '@tensorflow/tfjs-core'
import { foldIn, UnsupportedError } from '@variate/core'
import type { Guide, ModelTypes } from '@variate/language'
import {
  dependencesOf,
  draws,
  freeParameters,
  isShared,
  logProbs,
  pair,
  placedDistribution,
  type Bound,
  type ParamTree,
  type RandomSite,
} from '@variate/language/internal'
import type { Family } from './family.ts'
import { listedValues } from './listedValues.ts'
import type { SiteTensors, Variational, VariationalFactor } from './variational.ts'

/**
 * The family that a guide declares: one distribution for each value of its parameters and networks.
 *
 * @param guide a distribution of all latents of the model, in the language of models.
 */
export function guideFamily<Of extends ModelTypes, Types extends ModelTypes>(
  guide: Guide<Of, Types>,
): Family<{ readonly continuous: 'reparameterized'; readonly discrete: true }> {
  return {
    name: 'guide',
    kinds: { continuous: 'reparameterized', discrete: true },
    of: (model, who) => {
      const given = Object.fromEntries(
        Object.entries(model.values).filter(([name]) => !hasValue(model, name)),
      )
      return ofGuide(pair(model.program, guide.program, given, { who }).guide, who)
    },
  }
}

/** Whether a model has a value of its own for a site. */
function hasValue({ program }: Bound, name: string): boolean {
  return program.declarations.some((site) => site.name === name && 'value' in site && site.value)
}

function ofGuide(bound: Bound, who: string): Variational {
  const { program, values: own } = bound
  const shared = program.declarations.flatMap((site) =>
    isShared(site) && own[site.name] === undefined ? [site.name] : [],
  )
  const latents = program.declarations.filter((site): site is RandomSite => site.kind === 'latent')
  const free = freeParameters(bound)
  const ofGuide = program.declarations.filter((site) => !isShared(site))
  const begun = freeParameters({ ...bound, program: { ...program, declarations: ofGuide } })
  const kinds = latents.map((site): [string, VariationalFactor['draws']] => {
    const distribution = bound.distributions.get(site)!
    const draw = 'reparameterized' in distribution ? 'reparameterized' : 'opaque'
    return [site.name, distribution.support.isDiscrete ? 'discrete' : draw]
  })
  const draw = new Map(kinds)
  const valuesOf = (params: ParamTree, data: SiteTensors): SiteTensors => {
    const named = Object.entries(data).filter(([name]) =>
      program.declarations.some((site) => site.name === name && site.kind === 'input'),
    )
    return { ...(own as never as SiteTensors), ...Object.fromEntries(named), ...free.values(params) }
  }
  if (latents.length === 0) throw new UnsupportedError(`${who}: the guide has no latents`)
  return {
    factors: latents.map((site) => ({
      name: site.name,
      sites: [site.name],
      plates: site.plates,
      draws: draw.get(site.name)!,
      reads: readsOf(bound, latents, site),
      ...listOf(bound, site, who),
      ...(site.next ? {} : { kind: bound.distributions.get(site)! }),
      ...(isRelaxed(bound, site) ? { relaxed: bound.specs[site.name]!.shape.slice(site.plates.length) } : {}),
    })),
    plates: Object.fromEntries(
      program.declarations.flatMap((site) => (site.kind === 'param' ? [[site.name, site.plates]] : [])),
    ),
    ...(shared.length > 0 ? { shared } : {}),
    init: (key) => begun.init(foldIn(key, 0)),
    draw: ({ params, data, sizes, training }, key, ways) => {
      const known = { ...valuesOf(params, data), ...ways?.given }
      const all = draws(program, sizes, key, known, ({ name }) => ways?.how?.[name], {}, training)
      return Object.fromEntries(latents.map(({ name }) => [name, all[name]!]))
    },
    distributions: ({ params, data, sizes, training }, values) => {
      const all = { ...valuesOf(params, data), ...values }
      const known = latents.filter(({ next }) => !next)
      return Object.fromEntries(
        known.map((site) => [site.name, placedDistribution(program, sizes, all as never, site, training)]),
      )
    },
    logProbs: ({ params, data, sizes, training }, values, ways) => {
      const all = { ...valuesOf(params, data), ...values }
      const logs = logProbs(program, sizes, all as never, {}, { soft: ways?.soft, training })
      return Object.fromEntries(latents.map(({ name }): [string, Tensor] => [name, logs[name]!]))
    },
  }
}

/** The values of a discrete latent, where they are listed. */
function listOf(bound: Bound, site: RandomSite, who: string): Pick<VariationalFactor, 'support'> {
  const support = listedValues(bound, site, who)
  return support ? { support } : {}
}

/** Whether there are values between those of a site. */
function isRelaxed({ distributions }: Bound, site: RandomSite): boolean {
  const { name } = distributions.get(site)!
  return name === 'bernoulli' || name === 'oneHotCategorical'
}

/** The latents that a site's distribution depends on, itself in the step before among them. */
function readsOf(bound: Bound, latents: readonly RandomSite[], site: RandomSite): VariationalFactor['reads'] {
  const named = new Map(latents.map((own) => [own.name, { site: own }] as const))
  const found = [false, ...(site.next ? [true] : [])].flatMap((isNext) =>
    dependencesOf(bound, named, site, isNext).filter(({ of, isBefore }) => isBefore || of.site !== site),
  )
  return found.map(({ of, isBefore, whole }) => {
    const { name, plates } = of.site
    const chain = isBefore ? plates.at(-1) : undefined
    return { site: name, aligned: plates.filter((plate) => !whole.includes(plate) && plate !== chain) }
  })
}
