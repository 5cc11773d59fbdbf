import { DomainError, formatTable, NdArray, NumericalError } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import type { Model, ModelTypes, ObservedNames, Randomness } from '@variate/language'
import { bind, entryOf, placeOf, type Bound, type Program } from '@variate/language/internal'
import { rowAt } from '../monteCarlo/checks.ts'
import type { Known } from '../monteCarlo/proposed.ts'
import { drawsOf } from './drawsOf.ts'
import { decimalsFor, numberText } from './numberText.ts'
import type { DrawsOf } from './pointwiseLogLikelihood.ts'
import { plainStatistics, type Statistic } from './statistics.ts'

export interface PredictiveCheckOptions {
  /** What is compared, by name, of the data of each observed site; mean, sd, min, median and max, if not given. */
  readonly statistics?: Readonly<Record<string, Statistic>>
}

/** A statistic of data and of data that the model makes up. */
export interface PredictiveCheckRow<Sites extends string = string> {
  readonly site: Sites
  readonly statistic: string
  /** What it is of the data. */
  readonly observed: number
  /** What it is of each replicated data set. */
  readonly replicated: Float64Array
  readonly mean: number
  readonly sd: number
  /** The share of replicated data sets for which it is larger, those for which it is the same counted half. */
  readonly pValue: number
  /** The standard error of the p-value, which is of so many draws. */
  readonly standardError: number
}

export interface PredictiveCheck<Sites extends string = string> {
  readonly rows: readonly PredictiveCheckRow<Sites>[]
  /** What the model does not make up as the data have it, in sentences. */
  readonly warnings: readonly string[]
  /** The table, and the warnings. */
  toString(): string
}

const CALL = 'posteriorPredictiveCheck'
/** p-values nearer to 0 or 1 are warned of. */
const EXTREME = 0.01

/**
 * Whether a model makes up data like those that it was fitted to: data are drawn given each draw of the posterior, and statistics
 * of them compared with those of the data. A p-value near 0 or 1 tells of what the model does not have; one near 1/2 does not tell
 * that it is right. What is missing of the data is left out of what is drawn as well.
 *
 * @param draws of all latents, such as `posterior.sample` gives.
 * @param given observations, inputs, parameters and networks.
 * @param options where the random numbers come from, and what to compare.
 * @throws DomainError and ShapeError for draws and data that do not fit, which name the site; NumericalError where a statistic is NaN.
 * @see Gelman, Meng and Stern, Posterior predictive assessment of model fitness via realized discrepancies (Statistica Sinica 1996).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { normal } from '@variate/distributions'
 * import { enumeration, posteriorPredictiveCheck } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const points = model('points')
 *   .latent('mu', normal(0, 10))
 *   .plate('point', 'n', (i) => i.observed('x', ({ mu }) => normal(mu, 1)))
 * const data = { x: [-4.1, 0.6, 3.9, -3.2, 3.5, 0.1] }
 * const { posterior } = await enumeration(points).fit(data)
 * const draws = await posterior.sample(2000, { seed: 0 })
 * const { warnings } = await posteriorPredictiveCheck(points, draws, data, { seed: 1 })
 * warnings[0]!.startsWith('x: its sd is 3.3') // => true
 * ```
 */
export async function posteriorPredictiveCheck<Types extends ModelTypes, Plates extends string>(
  model: Model<Types, Plates>,
  draws: DrawsOf<Types>,
  given: Known<Types>,
  { statistics = plainStatistics, ...randomness }: PredictiveCheckOptions & Randomness,
): Promise<PredictiveCheck<ObservedNames<Types>>> {
  const { program } = model
  const who = `model "${program.name}": ${CALL}`
  const { count, arrays } = drawsOf(draws, who)
  const { observed, outside } = split(program, arrays, given as Readonly<Record<string, unknown>>, who)
  const bound = bind(program, given as never, {
    who,
    needed: ({ kind }) => kind !== 'latent' && kind !== 'deterministic' && kind !== 'factor',
  })
  const replicated = (await model.posteriorPredictive(draws as never, {
    given: outside as never,
    sizes: namedSizes(bound),
    ...randomness,
  })) as Readonly<Record<string, NdArray>>
  const rows = observed.flatMap((site) => {
    const data = bound.values[site] as NdArray
    const kept = keptOf(data, bound.present[site])
    return Object.entries(statistics).map(([name, statistic]) => {
      const of = (x: NdArray): number => numberOf(statistic(kept(x)), `${who}: ${name} of "${site}"`)
      const values = Float64Array.from({ length: count }, (_, row) => of(rowAt(replicated[site]!, row)))
      return rowOf(site, name, of(data), values)
    })
  })
  const warnings = rows.flatMap(warningOf)
  return { rows, warnings, toString: () => tableOf(rows, warnings) } as unknown as PredictiveCheck<never>
}

/** Sizes of plates by the names that stand for them. */
function namedSizes({ program, sizes }: Bound): Readonly<Record<string, number>> {
  return Object.fromEntries(
    [...program.plates].flatMap(([plate, { size }]) =>
      typeof size === 'string' ? [[size, sizes.get(plate)!]] : [],
    ),
  )
}

/** The sites whose data are drawn anew, and what is given besides. */
function split(
  { declarations }: Program,
  draws: Readonly<Record<string, NdArray>>,
  given: Readonly<Record<string, unknown>>,
  who: string,
): { readonly observed: readonly string[]; readonly outside: Readonly<Record<string, unknown>> } {
  const lost = declarations.find((site) => site.kind === 'latent' && !site.value && !draws[site.name])
  if (lost) throw new DomainError(`${who}: ${placeOf(lost)} is latent, and there are no draws of it`)
  const observed = declarations.flatMap((site) =>
    site.kind === 'observed' && !site.value && entryOf(given, site.name) !== undefined ? [site.name] : [],
  )
  if (observed.length === 0)
    throw new DomainError(
      `${who}: no site with data can be drawn anew: give data, rather than condition on them`,
    )
  const outside = Object.fromEntries(Object.entries(given).filter(([name]) => !observed.includes(name)))
  return { observed, outside }
}

/** Data without what is missing: those of all events that are there, as a vector; as they are where none is missing. */
function keptOf(data: NdArray, present: NdArray<Uint8Array> | undefined): (x: NdArray) => NdArray {
  if (!present) return (x) => x
  const size = sizeOf(data.shape) / present.data.length
  return (x) => {
    const kept = Float64Array.from(x.data).filter((_, i) => present.data[Math.floor(i / size)] === 1)
    return new NdArray(kept, [kept.length])
  }
}

function numberOf(x: unknown, who: string): number {
  if (typeof x === 'number' && !Number.isNaN(x)) return x
  throw new NumericalError(
    `${who} is ${String(x)}: statistics are functions of an NdArray that give a number`,
  )
}

function rowOf(
  site: string,
  statistic: string,
  observed: number,
  replicated: Float64Array,
): PredictiveCheckRow {
  const n = replicated.length
  const mean = replicated.reduce((a, b) => a + b, 0) / n
  const larger = replicated.reduce((sum, x) => sum + (x > observed ? 1 : x === observed ? 0.5 : 0), 0)
  // Of no successes at all the error is not 0: one more and one less are added, as Agresti and Coull do.
  const share = (larger + 1) / (n + 2)
  return {
    site,
    statistic,
    observed,
    replicated,
    mean,
    sd: Math.sqrt(replicated.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1)),
    pValue: larger / n,
    standardError: Math.sqrt((share * (1 - share)) / (n + 2)),
  }
}

function warningOf({ site, statistic, observed, mean, sd, pValue }: PredictiveCheckRow): readonly string[] {
  if (pValue > EXTREME && pValue < 1 - EXTREME) return []
  const decimals = decimalsFor(sd)
  return [
    `${site}: its ${statistic} is ${numberText(observed, decimals)}, and that of data that the model makes up ` +
      `${numberText(mean, decimals)} ± ${numberText(sd, decimals)}: ${pValue < 0.5 ? 'hardly ever as large' : 'hardly ever as small'}`,
  ]
}

function tableOf(rows: readonly PredictiveCheckRow[], warnings: readonly string[]): string {
  const table = formatTable(
    ['site', 'statistic', 'data', 'model', 'sd', 'p', 'se'],
    rows.map(({ site, statistic, observed, mean, sd, pValue, standardError }) => [
      site,
      statistic,
      ...[observed, mean, sd].map((x) => numberText(x, decimalsFor(sd))),
      ...[pValue, standardError].map((x) => numberText(x, 3)),
    ]),
    [0, 1],
  )
  return [table, ...warnings].join('\n')
}
