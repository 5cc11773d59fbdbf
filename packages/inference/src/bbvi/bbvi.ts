import { DomainError, foldIn, UnsupportedError } from '@variate/core'
import { shown } from '@variate/core/internal'
import { reparameterization, type Draws, type Estimator } from '@variate/estimators'
import type { FamilyKinds, VariationalFactor } from '@variate/families'
import type { Model, ModelTypes } from '@variate/language'
import { checkBatch, type Bound } from '@variate/language/internal'
import type { EmData } from '../em/em.ts'
import { keyFrom } from '../keyFrom.ts'
import { adam } from '../optimizers/adam.ts'
import { fewTogether } from '../optimizers/fewTogether.ts'
import type { Optimizer } from '../optimizers/optimizer.ts'
import { checkBbviOptions } from './checkBbviOptions.ts'
import { climb, startOf } from './climb.ts'
import type { ClimbOptions } from './climbState.ts'
import type { TakenUnsaid } from './compatible.ts'
import { fitOf, type BbviFit } from './fitOf.ts'
import type { BbviFitOptions, BbviOptions } from './options.ts'
import type { Setting } from './problemOf.ts'
import { checkState, fromBytes } from './saved.ts'
import { bestRate, isRateSearch } from './searchRate.ts'
import { familyOf, settingOf } from './settingOf.ts'
import { checkConvergence } from './watch.ts'

export interface Bbvi<Types extends ModelTypes> {
  /**
   * Fits q, and parameters of the model that are not given.
   *
   * @param data observations and inputs; parameters and networks that are given are known.
   * @param options where random numbers come from, and who is told of progress; or what a fit goes on from.
   * @throws DomainError and ShapeError for data that do not fit, and options out of range; UnsupportedError for a family or an
   *   estimator that cannot take a latent, which is named; FormatError for a fit to go on from that is of something else.
   */
  fit(data: EmData<Types>, options: BbviFitOptions): Promise<BbviFit<Types>>
  /**
   * A fit that was saved, by `toBytes`.
   *
   * @param data those that it was fitted to.
   * @throws FormatError for bytes that are damaged or no fit, or one of another version, model, family, estimator or optimiser.
   */
  load(bytes: Uint8Array, data: EmData<Types>): Promise<BbviFit<Types>>
}

/**
 * Black-box variational inference: of a family of distributions q(z; λ) the one that is nearest to the posterior, and parameters of
 * the model under which the data are likely, by stochastic ascent of the evidence lower bound E_q[log p(data, z) − log q(z)].
 *
 * @param model any declared model.
 * @throws DomainError for options out of range.
 * @see Ranganath, Gerrish and Blei, Black Box Variational Inference (AISTATS 2014).
 */
export function bbvi<
  Types extends ModelTypes,
  Plates extends string,
  const Kinds extends FamilyKinds = { readonly continuous: 'reparameterized'; readonly discrete: true },
  const Needs extends Draws = never,
  Guided extends ModelTypes = ModelTypes,
>(
  model: Model<Types, Plates> & TakenUnsaid<Types, Needs>,
  options: BbviOptions<Types, Plates, Kinds, Needs, Guided> = {},
): Bbvi<Types> {
  const { program } = model
  const who = `model "${program.name}": bbvi`
  checkBbviOptions(options, who)
  const { steps = 10_000, localSteps = 0, engine, reproducible = false } = options
  const given = options.optimizer ?? adam({ rate: 0.01 })
  const optimizerAt = (rate: number | undefined): Optimizer =>
    fewTogether(isRateSearch(given) ? given.make(rate ?? given.rates[0]!) : given)
  const family = familyOf(options as never, who)
  const estimator = (options.estimator ?? reparameterization()) as Estimator
  checkCount(who, 'steps', steps, 1)
  checkCount(who, 'localSteps', localSteps, 0)
  const hasNetworks = program.declarations.some(({ kind }) => kind === 'network')
  const { precision = hasNetworks ? 'float32' : 'float64', convergence = {} } = options
  if (engine === 'eager' && (precision === 'float64' || reproducible)) {
    const fix = reproducible ? 'leave reproducible out' : "set precision: 'float32'"
    throw new UnsupportedError(
      `${who}: engine 'eager' computes in float32, whose bits differ by machine: ${fix}`,
    )
  }
  if (engine === 'onnx' && reproducible) {
    throw new UnsupportedError(
      `${who}: engine 'onnx' computes bits that differ by machine: leave reproducible out, or use engine 'wasm'`,
    )
  }
  const watched = convergence === false ? undefined : checkConvergence(who, convergence)
  const prepared = (data: object): { readonly setting: Setting; readonly how: ClimbOptions } => {
    const setting = settingOf(program, options as never, data, who)
    const bound = setting.model
    const batch = Object.entries(options.batch ?? {}).filter(([, count]) => count !== undefined)
    const taken = takenOf(bound.sizes, batch as [string, number][], who)
    checkBatch(bound, [...taken.keys()], who)
    checkFactors(setting.variational.factors, bound, [...taken.keys()], family.name, who)
    return {
      setting,
      how: {
        estimator,
        optimizer: optimizerAt(undefined),
        steps,
        taken,
        localSteps,
        convergence: watched,
        precision,
        engine,
        reproducible,
      },
    }
  }
  return {
    fit: async (data, fitOptions = {} as never) => {
      const { setting, how } = prepared(data)
      const { onProgress, signal, worker } = fitOptions
      const before = 'from' in fitOptions ? fromBytes(fitOptions.from, program.name, who) : undefined
      const own = before ? before.key : keyFrom(who, fitOptions as never)
      const told = { ...how, onProgress, signal, worker }
      const keys = [foldIn(own, 0), foldIn(own, 1)] as const
      const search = isRateSearch(given) ? given : undefined
      // A fit that was aborted while it searched has none yet.
      const rate = before?.rate ?? (search && (await bestRate(search, setting, told, keys, who)))
      const optimizer = optimizerAt(rate)
      const start = startOf(setting, { ...told, optimizer }, keys[0], who)
      if (before) checkState(before, start, who)
      const run = await climb(
        setting,
        before?.state ?? start,
        { ...told, optimizer },
        keys[1],
        before?.history,
      )
      return fitOf(setting, { ...how, optimizer }, { key: own, rate, ...run }, who)
    },
    load: async (bytes, data) => {
      const { setting, how } = prepared(data)
      const ascent = fromBytes(bytes, program.name, who)
      const optimizer = optimizerAt(ascent.rate)
      checkState(ascent, startOf(setting, { ...how, optimizer }, ascent.key, who), who)
      return fitOf(setting, { ...how, optimizer }, ascent, who)
    },
  }
}

/** How many elements a step takes, of plates of which it does not take all. */
function takenOf(
  sizes: ReadonlyMap<string, number>,
  batch: readonly [string, number][],
  who: string,
): ReadonlyMap<string, number> {
  for (const [plate, count] of batch) {
    const size = sizes.get(plate)
    if (size === undefined || (Number.isInteger(count) && count >= 1 && count <= size)) continue
    throw new DomainError(
      `${who}: batch: plate "${plate}" has ${size} elements: expected a whole number 1 … ${size}, got ${shown(count)}`,
    )
  }
  return new Map(batch.filter(([plate, count]) => sizes.get(plate) !== count))
}

/** @throws UnsupportedError for a factor that draws all elements of a plate together of which a step takes some only. */
function checkFactors(
  factors: readonly VariationalFactor[],
  { program }: Bound,
  taken: readonly string[],
  family: string,
  who: string,
): void {
  for (const { sites, plates } of factors) {
    for (const name of sites) {
      const own = program.declarations.find((site) => site.name === name)!.plates
      const plate = own.find((of) => taken.includes(of) && !plates.includes(of))
      if (plate === undefined) continue
      throw new UnsupportedError(
        `${who}: batch: plate "${plate}" cannot be taken in part: ${family} draws "${name}" of all its elements together: use ` +
          `meanField(), or a block for each element of "${plate}"`,
      )
    }
  }
}

function checkCount(who: string, name: string, count: number, least: number): void {
  if (Number.isInteger(count) && count >= least) return
  throw new DomainError(`${who}: ${name} must be a whole number ≥ ${least}, got ${shown(count)}`)
}
