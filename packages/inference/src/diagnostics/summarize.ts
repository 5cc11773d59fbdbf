import { DomainError, formatTable, type NdArray } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { Data } from '@variate/language'
import { drawsOf } from './drawsOf.ts'
import { elementsOf, elementText } from './elementText.ts'
import { decimalsFor, numberText, percentText } from './numberText.ts'
import { quantileAmong, quantileBetween, sortedBy } from './quantiles.ts'

export interface SummarizeOptions {
  /** Of which probabilities the quantiles are told; 5 %, 50 % and 95 %, if not given. */
  readonly probabilities?: readonly number[]
  /** How much each draw counts, as `posterior.weights` of importance sampling; all the same, if not given. */
  readonly weights?: ArrayLike<number>
  /** How many elements of a site the table shows; 10, if not given. The rows have all. */
  readonly maxElements?: number
}

/** A value of a discrete site, and the share of the draws that have it. */
export interface ValueShare {
  readonly value: number
  readonly share: number
}

/** What draws tell of one number. */
export interface SummaryRow<Names extends string = string> {
  readonly site: Names
  /** Its indices in the value of the site: of its plates first. */
  readonly element: readonly number[]
  readonly mean: number
  /** The standard deviation: of the draws as a sample, so that its square is unbiased. NaN for a single draw. */
  readonly sd: number
  /** One for each probability. Of whole numbers they are values that were drawn. */
  readonly quantiles: readonly number[]
  /** Of discrete sites with few values: how often each was drawn. */
  readonly shares?: readonly ValueShare[]
}

export interface Summary<Names extends string = string> {
  readonly rows: readonly SummaryRow<Names>[]
  readonly probabilities: readonly number[]
  /** The table. */
  toString(): string
}

const WHO = 'summarize'
/** Of more values than this shares are not listed. */
const FEW_VALUES = 6

/**
 * What draws tell of each number of each site: mean, standard deviation, quantiles, and of discrete sites with few values how
 * often each was drawn. `String(…)` of it is a table.
 *
 * @param draws for each site an array with the draws along its first axis, such as of `posterior.sample`; int32 arrays are discrete.
 * @throws DomainError for probabilities outside of 0 to 1, weights that are negative or not as many as draws, and no draws.
 *
 * @example
 * ```ts
 * import { ndarray } from '@variate/core'
 * import { summarize } from '@variate/inference'
 *
 * const mu = Array.from({ length: 101 }, (_, i) => i / 100)
 * const c = ndarray(Int32Array.from({ length: 101 }, (_, i) => (i < 25 ? 1 : 0)))
 * const summary = summarize({ mu, c })
 * summary.rows[0]!.quantiles // => [0.05, 0.5, 0.95]
 * String(summary).split('\n')
 * // => [
 * //   'site   mean     sd    5 %   50 %   95 %  values',
 * //   '─────────────────────────────────────────────────────────',
 * //   'mu    0.500  0.293  0.050  0.500  0.950',
 * //   'c     0.248  0.434                       0: 75 %, 1: 25 %',
 * // ]
 * ```
 */
export function summarize<const Names extends string>(
  draws: Readonly<Record<Names, Data>>,
  { probabilities = [0.05, 0.5, 0.95], weights: given, maxElements = 10 }: SummarizeOptions = {},
): Summary<Names> {
  const bad = probabilities.find((p) => !(p >= 0 && p <= 1))
  if (bad !== undefined) throw new DomainError(`${WHO}: probabilities must be from 0 to 1, got ${shown(bad)}`)
  if (!(Number.isInteger(maxElements) && maxElements >= 1))
    throw new DomainError(`${WHO}: maxElements must be a whole number ≥ 1, got ${shown(maxElements)}`)
  const { count, arrays } = drawsOf(draws, WHO)
  const weights = weightsOf(given, count)
  const rows = Object.entries(arrays).flatMap(([site, x]) =>
    elementsOf(x.shape.slice(1)).map((element, at, { length }) => ({
      site: site as Names,
      element,
      ...rowOf(
        Float64Array.from({ length: count }, (_, row) => x.data[row * length + at]!),
        weights,
        probabilities,
        isDiscrete(x),
      ),
    })),
  )
  return { rows, probabilities, toString: () => tableOf(rows, probabilities, maxElements) }
}

function weightsOf(given: ArrayLike<number> | undefined, count: number): Float64Array {
  if (!given) return new Float64Array(count).fill(1 / count)
  const weights = Float64Array.from(given)
  if (weights.length !== count)
    throw new DomainError(`${WHO}: there are ${weights.length} weights, and ${count} draws`)
  const total = weights.reduce((a, b) => a + b, 0)
  if (weights.every((w) => w >= 0) && total > 0 && total < Infinity) return weights.map((w) => w / total)
  throw new DomainError(`${WHO}: weights must be numbers ≥ 0, not all 0, got ${shown([...weights])}`)
}

function isDiscrete({ data }: NdArray): boolean {
  return !(data instanceof Float64Array || data instanceof Float32Array)
}

function rowOf(
  values: Float64Array,
  weights: Float64Array,
  probabilities: readonly number[],
  discrete: boolean,
): Pick<SummaryRow, 'mean' | 'sd' | 'quantiles' | 'shares'> {
  // From the first value on, so that of values that are all the same the mean is that one, and their spread 0.
  const first = values[0]!
  const mean = first + values.reduce((sum, x, i) => sum + weights[i]! * (x - first), 0)
  const variance = values.reduce((sum, x, i) => sum + weights[i]! * (x - mean) ** 2, 0)
  const lost = 1 - weights.reduce((sum, w) => sum + w * w, 0)
  const sorted = sortedBy(values, weights)
  const quantile = discrete ? quantileAmong : quantileBetween
  const shares = discrete ? sharesOf(sorted.values, sorted.weights) : []
  return {
    mean,
    sd: values.length === 1 ? NaN : Math.sqrt(variance / lost),
    quantiles: probabilities.map((p) => quantile(sorted, p)),
    ...(shares.length > 0 && shares.length <= FEW_VALUES ? { shares } : {}),
  }
}

function sharesOf(values: Float64Array, weights: Float64Array): readonly ValueShare[] {
  const shares = new Map<number, number>()
  for (const [i, value] of values.entries()) shares.set(value, (shares.get(value) ?? 0) + weights[i]!)
  return [...shares].map(([value, share]) => ({ value, share }))
}

function tableOf(rows: readonly SummaryRow[], probabilities: readonly number[], most: number): string {
  const hasShares = rows.some(({ shares }) => shares)
  const header = ['site', 'mean', 'sd', ...probabilities.map(percentText), ...(hasShares ? ['values'] : [])]
  const lines = [...new Set(rows.map(({ site }) => site))].flatMap((site) => {
    const own = rows.filter((row) => row.site === site)
    const spread = own.reduce((least, { sd }) => (sd > 0 ? Math.min(least, sd) : least), Infinity)
    const decimals = decimalsFor(spread)
    const areWhole = own.every(({ quantiles }) => quantiles.every(Number.isInteger))
    const shownRows = own
      .slice(0, most)
      .map(({ element, mean, sd, quantiles, shares }) => [
        elementText(site, element),
        ...[mean, sd].map((x) => numberText(x, decimals)),
        ...quantiles.map((x) => (shares ? '' : numberText(x, areWhole ? 0 : decimals))),
        ...(shares ? [shares.map(shareText).join(', ')] : []),
      ])
    const rest = own.length - shownRows.length
    return rest > 0 ? [...shownRows, [`… ${rest} more of ${site}`]] : shownRows
  })
  return formatTable(header, lines, hasShares ? [0, header.length - 1] : [0])
}

function shareText({ value, share }: ValueShare): string {
  const percent = Math.round(100 * share)
  if (share > 0 && percent === 0) return `${value}: < 1 %`
  return share < 1 && percent === 100 ? `${value}: > 99 %` : `${value}: ${percent} %`
}
