import { foldInKey, type AnyKey } from '@variate/core/ops'
import { hasClosedForm } from '@variate/distributions'
import type { Factor, Input, ObjectiveParameters, Problem, Reader, Term } from '@variate/estimators'
import type {
  VariationalContext,
  VariationalFactor,
  SiteTensors,
  ParamTree,
  Variational,
} from '@variate/families'
import {
  dependencesOf,
  divergences,
  logProbs,
  minibatch,
  type Bound,
  type FreeParameters,
  type RandomSite,
} from '@variate/language/internal'
import { freshlyDrawn, type DrawnData } from './drawnData.ts'
import { guideParams, sharedOf } from './sharedParams.ts'
import { takenRows } from './takenRows.ts'

/** A model with its data and a variational distribution of its latents. */
export interface Setting {
  /** The model that is fitted: latents that are not centred are there as their deviations. */
  readonly model: Bound
  readonly theta: FreeParameters
  readonly variational: Variational
  /** The latents that were declared. */
  readonly latents: readonly string[]
  /** Data that are drawn afresh in each step; `model` has a draw of them. */
  readonly drawn?: Readonly<Record<string, DrawnData>> | undefined
}

/** What a step sees of the data. */
export interface Seen {
  readonly data: SiteTensors
  readonly present: SiteTensors
  /** For plates of which not all elements are taken: their indices. */
  readonly rows: SiteTensors
  /** The key that data which are drawn afresh are drawn with; without one they are as they stand. */
  readonly key?: AnyKey
}

export interface ProblemOptions {
  /** Whether the parameters of q are those of these elements only. */
  readonly isTaken?: boolean
  /** In a step that trains: the key of what is random in networks. */
  readonly training?: AnyKey
}

/** What is known of a problem before anything is computed. */
export interface Structure {
  readonly factors: readonly Factor[]
  readonly terms: readonly Term[]
  readonly inputs: readonly Input[]
  readonly sizes: ReadonlyMap<string, number>
}

/**
 * The factors of q and the terms of log p, and what reads what.
 *
 * @param taken of plates of which not all elements are taken, how many are.
 */
export function structureOf({ model, variational }: Setting, taken: ReadonlyMap<string, number>): Structure {
  const { program, sizes } = model
  const scaleOf = (plates: readonly string[]): number =>
    plates.reduce((scale, plate) => scale * (taken.has(plate) ? sizes.get(plate)! / taken.get(plate)! : 1), 1)
  const sites = program.declarations.filter(
    ({ kind }) => kind === 'latent' || kind === 'observed' || kind === 'factor',
  )
  const reverse = variational.reverse?.terms ?? []
  const terms = [...sites, ...reverse].map(({ name, plates }): Term => ({
    name,
    plates,
    scale: scaleOf(plates),
  }))
  const readers = readersOf(model)
  return {
    sizes: new Map([...sizes, ...taken]),
    terms,
    inputs: inputsOf(model),
    factors: variational.factors.map((factor): Factor => {
      const { kind: _, ...own } = factor
      return {
        ...own,
        ...declaredOf(model, factor),
        scale: scaleOf(factor.plates),
        terms: merged([
          ...factor.sites.flatMap((site) => within(readers.get(site) ?? [], factor.plates)),
          ...reverse.flatMap((term) =>
            term.factor === factor.name ? [{ name: term.name, aligned: factor.plates }] : [],
          ),
        ]),
        factors: merged(readersAmong(variational.factors, factor)),
        ...divergenceOf(model, factor),
      }
    }),
  }
}

/** The names that latents were declared with, where their deviations stand for them. */
function declaredOf({ program }: Bound, { sites }: VariationalFactor): Pick<Factor, 'declared'> {
  if (!program.uncentered) return {}
  const names = new Map([...program.uncentered.deviations].map(([name, deviation]) => [deviation, name]))
  return { declared: sites.map((site) => names.get(site) ?? site) }
}

/** Whether a latent's divergence from its prior has a closed form, where its own distribution is known. */
function divergenceOf(model: Bound, { kind, sites }: VariationalFactor): Pick<Factor, 'divergence'> {
  const site = model.program.declarations.find(({ name }) => name === sites[0]) as RandomSite
  if (!kind || sites.length > 1 || site.next) return {}
  const p = model.distributions.get(site)!
  return { divergence: { q: kind.name, p: p.name, isKnown: hasClosedForm(kind, p) } }
}

function inputsOf({ program, specs }: Bound): readonly Input[] {
  return program.declarations.flatMap(({ kind, name, plates }) =>
    kind === 'input' || kind === 'observed'
      ? [{ name, plates, shape: specs[name]!.shape.slice(plates.length) }]
      : [],
  )
}

/** For each latent the terms of log p that depend on it. */
function readersOf(model: Bound): ReadonlyMap<string, readonly Reader[]> {
  const latents = new Map(
    model.program.declarations.flatMap((site) =>
      site.kind === 'latent' ? [[site.name, { site: site as RandomSite }] as const] : [],
    ),
  )
  const readers = new Map<string, Reader[]>()
  for (const site of model.program.declarations) {
    if (site.kind !== 'latent' && site.kind !== 'observed' && site.kind !== 'factor') continue
    const isChain = site.kind !== 'factor' && site.next !== undefined
    for (const isNext of isChain ? [false, true] : [false])
      for (const { of, isBefore, whole } of dependencesOf(model, latents as never, site, isNext)) {
        const { name, plates } = of.site
        const chain = isBefore ? plates.at(-1) : undefined
        const aligned = plates.filter((plate) => !whole.includes(plate) && plate !== chain)
        readers.set(name, [...(readers.get(name) ?? []), { name: site.name, aligned }])
      }
  }
  return readers
}

function within(readers: readonly Reader[], plates: readonly string[]): readonly Reader[] {
  return readers.map(({ name, aligned }) => ({
    name,
    aligned: aligned.filter((plate) => plates.includes(plate)),
  }))
}

/** Each reader once, aligned where all its readings are. */
function merged(readers: readonly Reader[]): readonly Reader[] {
  const known = new Map<string, readonly string[]>()
  for (const { name, aligned } of readers) {
    const before = known.get(name)
    known.set(name, before ? before.filter((plate) => aligned.includes(plate)) : aligned)
  }
  return [...known].map(([name, aligned]) => ({ name, aligned }))
}

function readersAmong(all: readonly VariationalFactor[], factor: VariationalFactor): readonly Reader[] {
  return all.flatMap(({ name, reads }) =>
    reads
      .filter(({ site }) => factor.sites.includes(site))
      .map(({ aligned }) => ({ name, aligned: aligned.filter((plate) => factor.plates.includes(plate)) })),
  )
}

/** The problem at some elements of the data: pure functions of tensors. */
export function problemOf(
  setting: Setting,
  structure: Structure,
  { data, present, rows, key: drawKey }: Seen,
  { isTaken = false, training }: ProblemOptions = {},
): Problem {
  const { model, theta, variational } = setting
  const { program } = model
  const [ofModel, ofGuide] =
    training === undefined ? [] : ([foldInKey(training, 0), foldInKey(training, 1)] as const)
  const takenOf = (values: SiteTensors) => minibatch(program, model.sizes, values as never, present, rows)
  const fresh = drawKey ? freshlyDrawn(setting, takenOf(data).values as SiteTensors, drawKey) : {}
  const batchOf = (values: SiteTensors) => {
    const taken = takenOf(values)
    return { ...taken, values: { ...taken.values, ...fresh } }
  }
  const takenParams = (all: ParamTree): ParamTree => {
    if (!isTaken) return takenRows(all, variational, rows)
    // What is shared is the model's, of all elements.
    return { ...all, ...takenRows(sharedOf(variational, all), variational, rows) }
  }
  const contextOf = (parameters: ObjectiveParameters): VariationalContext => ({
    params: takenParams(guideParams(variational, parameters)),
    data: batchOf(data).values as SiteTensors,
    sizes: structure.sizes,
    training: ofGuide,
  })
  const seen = batchOf(data).values as SiteTensors
  return {
    ...structure,
    data: Object.fromEntries(structure.inputs.map(({ name }) => [name, seen[name]!])),
    draw: (parameters, key, how, given) => variational.draw(contextOf(parameters), key, { how, given }),
    logQ: (parameters, values, { soft } = {}) =>
      variational.logProbs(contextOf(parameters), values, { soft }),
    entropies: (parameters, values) => variational.entropies?.(contextOf(parameters), values) ?? {},
    divergences: (parameters, values) => {
      const context = contextOf(parameters)
      const known = structure.factors.filter(({ divergence }) => divergence?.isKnown)
      const all = variational.distributions?.(context, values) ?? {}
      const own = Object.fromEntries(known.map(({ name, sites }) => [sites[0]!, all[name]!]))
      const given = batchOf({ ...data, ...theta.values(parameters.model as ParamTree) }).values
      const found = divergences(program, structure.sizes, { ...given, ...values }, own, ofModel)
      return Object.fromEntries(known.map(({ name, sites }) => [name, found[sites[0]!]!]))
    },
    logP: (parameters, values, { soft } = {}) => {
      const own = theta.values(parameters.model as ParamTree)
      const seen = batchOf({ ...data, ...own })
      const ways = { soft, training: ofModel }
      const joint = logProbs(program, structure.sizes, { ...seen.values, ...values }, seen.present, ways)
      const { reverse } = variational
      return reverse ? { ...joint, ...reverse.logProbs(contextOf(parameters), values) } : joint
    },
  }
}
