import { expressionsOf, type Description, type RandomSite, type Site } from './description.ts'

type Has = (description: Description) => boolean

const someSite =
  (f: (site: Site, description: Description) => boolean): Has =>
  (description) =>
    description.sites.some((site) => f(site, description))

const someLatent = (f: (site: RandomSite, description: Description) => boolean): Has =>
  someSite(
    (site, description) =>
      site.kind === 'latent' &&
      !(site.name in description.conditioned) &&
      !(site.name in description.intervened) &&
      f(site, description),
  )

const isOf =
  (...families: readonly string[]) =>
  ({ of }: RandomSite): boolean =>
    families.includes(of.family)

const isInChain = ({ plates: names }: Site, { plates }: Description): boolean =>
  names.some((name) => plates[name]!.isChain)

/** Plates one within the other: [outer, inner]. */
const isPair = (site: Site, description: Description): boolean =>
  site.plates.length === 2 && !isInChain(site, description)

/** Whether a plate has sites that are in no other. */
const isAlone = ({ sites }: Description, plate: string): boolean =>
  sites.some(({ plates }) => plates.length === 1 && plates[0] === plate)

/** Whether a site reads a plate that does not enclose it, by what there is around the read. */
const readsWhole = (kind: 'sum' | 'gather'): Has =>
  someSite((site, { sites }) =>
    expressionsOf(site).some((part) => {
      if (part.kind !== kind || part.of.kind !== 'read') return false
      const { site: name } = part.of
      const read = sites.find((other) => other.name === name)!
      return read.plates.some((plate) => !site.plates.includes(plate))
    }),
  )

/** What of the language a model uses. */
const FEATURES: Readonly<Record<string, Has>> = {
  'bernoulli latent': someLatent(isOf('bernoulli', 'bernoulliLogits')),
  'categorical latent': someLatent(isOf('categorical')),
  'binomial or beta-binomial latent': someLatent(isOf('binomial', 'betaBinomial')),
  'discrete uniform latent': someLatent(isOf('discreteUniform')),
  'normal latent': someLatent((site) => isOf('normal')(site) && site.event.length === 0),
  'vector of normal latents': someLatent((site) => isOf('normal')(site) && site.event.length > 0),
  'multivariate normal latent': someLatent(isOf('multivariateNormal')),
  'gamma latent, of rates': someLatent((site) => isOf('gamma')(site) && !site.isCommonScale),
  'beta latent': someLatent(isOf('beta')),
  'Dirichlet latent': someLatent(isOf('dirichlet')),
  'normal sites of a common latent variance or precision': someLatent(
    ({ isCommonScale }) => isCommonScale === true,
  ),
  'discrete and continuous latents': (description) =>
    someLatent(({ support }) => support !== undefined)(description) &&
    someLatent(({ support }) => support === undefined)(description),
  plate: someSite((site, description) => site.plates.length > 0 && !isInChain(site, description)),
  'nested plates': someSite(
    (site, description) => isPair(site, description) && !isAlone(description, site.plates[1]!),
  ),
  'crossed plates': someSite(
    (site, description) =>
      isPair(site, description) && site.plates.every((plate) => isAlone(description, plate)),
  ),
  'plate of a size that data settle': ({ plates }) => Object.values(plates).some(({ size }) => size),
  'plate read whole, gathered': readsWhole('gather'),
  'plate read whole, summed': readsWhole('sum'),
  'discrete chain': someLatent(({ next, support }) => next !== undefined && support !== undefined),
  'normal chain': someLatent(({ next, support }) => next !== undefined && support === undefined),
  'chain in a plate': someSite((site, description) => site.plates.length > 1 && isInChain(site, description)),
  'layers, of two at least': ({ sites }) =>
    sites.some((site) => 'layers' in site && site.name === `${site.layers}2`),
  'part, a model of its own': someSite(({ part }) => part !== undefined),
  'part in a plate': someSite((site) => 'isSettled' in site && site.plates.length > 0),
  'deterministic site': someSite(({ kind }) => kind === 'deterministic'),
  factor: someSite(({ kind }) => kind === 'factor'),
  input: someSite(({ kind }) => kind === 'input'),
  parameter: someSite(({ kind }) => kind === 'param'),
  'missing observations': ({ data }) => Object.values(data).some(({ numbers }) => numbers.includes(null)),
  'conditioned site': ({ conditioned }) => Object.keys(conditioned).length > 0,
  'intervened site': ({ intervened }) => Object.keys(intervened).length > 0,
}

/** How many of some descriptions use each feature. */
export function countsOf(descriptions: readonly Description[]): ReadonlyMap<string, number> {
  return new Map(Object.entries(FEATURES).map(([name, has]) => [name, descriptions.filter(has).length]))
}

export function tableOfCounts(counts: ReadonlyMap<string, number>): string {
  const width = Math.max(...[...counts.keys()].map(({ length }) => length))
  return [...counts].map(([name, count]) => `${name.padEnd(width)} ${String(count).padStart(5)}`).join('\n')
}
