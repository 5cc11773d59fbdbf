import { formatTable } from '@variate/core'
import type { Termination } from '@variate/inference/run'
import type { MixtureFitRecord } from './fitRecord.ts'
import type { MixtureDensity } from './mixtureDensity.ts'

/** Variables that a table has room for. */
const MOST_COLUMNS = 6

/** What a person wants to know of a fit: how good, how it ended, and a row for each component. */
export function summarize(
  density: MixtureDensity,
  record: MixtureFitRecord,
  names?: readonly string[],
): string {
  const { components, dimension, covariance, weights, means } = density
  const shown = Math.min(dimension, MOST_COLUMNS)
  const nameOf = (a: number): string => names?.[a] ?? `x${a}`
  const variables = Array.from({ length: shown }, (_, a) => a)
  const header = ['component', 'weight', 'n', ...variables.flatMap((a) => [`mean ${nameOf(a)}`, 'sd'])]
  const rows = Array.from({ length: components }, (_, k) => [
    String(k),
    weights.at(k).toFixed(3),
    record.counts.at(k).toFixed(1),
    ...variables.flatMap((a) => [
      means.at(k, a).toPrecision(5),
      Math.sqrt(varianceOf(density, k, a)).toPrecision(4),
    ]),
  ])
  const left = dimension > shown ? [`(${dimension - shown} more columns)`] : []
  return [
    `Gaussian mixture, ${components} ${components === 1 ? 'component' : 'components'}, ${covariance} covariance, ` +
      `${dimension} columns, ${record.observations} observations`,
    `log-likelihood ${record.logLikelihood.toFixed(3)} nats · BIC ${record.bic.toFixed(2)} · AIC ${record.aic.toFixed(2)} · ICL ${record.icl.toFixed(2)}`,
    describeEnd(record),
    '',
    formatTable(header, rows),
    ...left,
  ].join('\n')
}

function describeEnd({ termination, iterations, restarts }: MixtureFitRecord): string {
  const runs = restarts.length === 1 ? '' : `, best of ${restarts.length} runs`
  return `${endOf(termination, iterations)}${runs}`
}

function endOf(termination: Termination, iterations: number): string {
  switch (termination.kind) {
    case 'converged':
      return `converged after ${iterations} iterations`
    case 'limit':
      return `not converged: stopped at the limit of ${iterations} iterations`
    case 'aborted':
      return `aborted after ${termination.step} iterations`
    case 'diverged':
      return `broke down at iteration ${termination.step}: ${termination.site}; the parameters are those before it`
  }
}

function varianceOf({ covariance, covariances, dimension: d }: MixtureDensity, k: number, a: number): number {
  const { data } = covariances
  return {
    full: data[(k * d + a) * d + a],
    tied: data[a * d + a],
    diagonal: data[k * d + a],
    spherical: data[k],
  }[covariance]!
}
