import { DomainError, formatTable, NumericalError } from '@variate/core'
import { drawsOf } from './drawsOf.ts'
import { elementsOf, elementText } from './elementText.ts'
import { checkedLogWeights } from './logWeights.ts'
import { numberText } from './numberText.ts'
import { smoothedWeights } from './psis.ts'

/** An observation: an element of a site with data. */
export interface ObservedPoint {
  readonly site: string
  readonly element: readonly number[]
}

/** An estimate of how well a model predicts new data: the sum of the log densities of observations that it has not seen. */
export interface ExpectedLogDensity {
  readonly criterion: 'loo' | 'waic'
  /** The sum over all observations, in nats: the higher, the better. */
  readonly elpd: number
  /** Its standard error, as the observations are a sample: √(n · variance of the terms). */
  readonly standardError: number
  /** By how much the log densities of the data themselves are higher: about how many parameters the data settle. */
  readonly effectiveParameters: number
  /** The term of each observation. */
  readonly pointwise: Float64Array
  readonly points: readonly ObservedPoint[]
  /** What is to be feared, in sentences that name the observation. */
  readonly warnings: readonly string[]
  /** A table, and the warnings. */
  toString(): string
}

export interface LogDensityOptions {
  /** log p(data, z) − log q(z) of each draw, where the draws are of an approximation: it is corrected for. */
  readonly logWeights?: ArrayLike<number>
}

/** The log densities of one observation in all draws. */
export interface PointColumn {
  readonly point: ObservedPoint
  readonly logs: Float64Array
}

/** Log densities by observation, and the weights of the draws. */
export interface PointColumns {
  readonly count: number
  readonly columns: readonly PointColumn[]
  /** As they were given; 0 where none were. */
  readonly raw: Float64Array
  /** Smoothed, the logarithms of numbers that sum to 1. */
  readonly smoothed: Float64Array
}

/**
 * @throws DomainError where there are no observations, and draws and weights are not as many; NumericalError for an observation
 *   that is impossible in a draw, which is named.
 */
export function pointColumns(
  logLikelihood: object,
  { logWeights }: LogDensityOptions,
  who: string,
): PointColumns {
  const { count, arrays } = drawsOf(logLikelihood, who)
  const columns = Object.entries(arrays).flatMap(([site, { data, shape }]) =>
    elementsOf(shape.slice(1)).map((element, at, { length }): PointColumn => ({
      point: { site, element },
      logs: Float64Array.from({ length: count }, (_, row) => data[row * length + at]!),
    })),
  )
  const present = columns.filter(({ logs }) => !logs.every(Number.isNaN))
  if (present.length === 0) throw new DomainError(`${who}: there are no observations`)
  for (const { point, logs } of present) {
    const bad = logs.findIndex((x) => !Number.isFinite(x))
    if (bad < 0) continue
    const where = elementText(point.site, point.element)
    throw new NumericalError(
      `${who}: the log density of ${where} is ${logs[bad]} in draw ${bad}: draws of the posterior do not make data impossible`,
    )
  }
  const raw = logWeights ? checkedLogWeights(logWeights, who, count) : new Float64Array(count)
  const smoothed = logWeights ? smoothedWeights(raw).smoothed : raw.map(() => -Math.log(count))
  return { count, columns: present, raw, smoothed }
}

/** The sum of terms, with its standard error. */
export function summed(terms: Float64Array): { readonly total: number; readonly standardError: number } {
  const total = terms.reduce((a, b) => a + b, 0)
  const mean = total / terms.length
  return { total, standardError: Math.sqrt(terms.reduce((sum, x) => sum + (x - mean) ** 2, 0)) }
}

/** The table that all estimates have, and their warnings. */
export function elpdText(
  {
    elpd,
    standardError,
    effectiveParameters,
    criterion,
    warnings,
    points,
  }: Omit<ExpectedLogDensity, 'pointwise'>,
  draws: number,
): string {
  const table = formatTable(
    ['nats', 'estimate', 'standard error'],
    [
      [`elpd_${criterion}`, numberText(elpd), numberText(standardError)],
      [`p_${criterion}`, numberText(effectiveParameters), ''],
    ],
  )
  return [`of ${points.length} observations by ${draws} draws`, table, ...warnings].join('\n')
}
