import { DomainError, formatTable } from '@variate/core'
import { shown } from '@variate/core/internal'
import { elementText } from './elementText.ts'
import type { ExpectedLogDensity } from './expectedLogDensity.ts'
import { numberText, percentText } from './numberText.ts'
import { stackingWeights } from './stacking.ts'

/** A bound of the log evidence, as of a variational fit and of `elbo(…).estimate`. */
export interface WithElbo {
  readonly elbo: number
  readonly standardError?: number
}

/** A log evidence, as of enumeration, importance sampling and annealing. */
export interface WithLogEvidence {
  readonly logEvidence: number
  readonly standardError?: number
}

export type Comparable = ExpectedLogDensity | WithElbo | WithLogEvidence

/** By what models are compared. */
export type ComparedBy = 'loo' | 'waic' | 'elbo' | 'log evidence'

export interface CompareOptions {
  /**
   * How models are weighted: 'stacking' for the best mixture of their predictions, which needs `loo` or `waic`; 'pseudoBma' in
   * proportion to exp(score). 'stacking' where it can be, if not given.
   */
  readonly weights?: 'stacking' | 'pseudoBma'
}

/** A model among others. */
export interface ComparisonRow<Names extends string = string> {
  readonly name: Names
  /** The expected log density, the ELBO or the log evidence, in nats. */
  readonly score: number
  /** NaN where it is not known. */
  readonly standardError: number
  /** The score minus that of the first, which is the best. */
  readonly difference: number
  /** The standard error of the difference: by the differences of each observation where there are, which share what is common. */
  readonly differenceError: number
  readonly weight: number
}

export interface Comparison<Names extends string = string> {
  readonly by: ComparedBy
  /** The best first. */
  readonly rows: readonly ComparisonRow<Names>[]
  readonly warnings: readonly string[]
  /** The table, and the warnings. */
  toString(): string
}

/** Fits that can be compared: all with the same kind of score. */
export type AllAlike<Fits> =
  Fits extends Readonly<Record<string, ExpectedLogDensity>>
    ? unknown
    : Fits extends Readonly<Record<string, WithElbo>>
      ? unknown
      : Fits extends Readonly<Record<string, WithLogEvidence>>
        ? unknown
        : 'all must be of loo, all of waic, all with an elbo, or all with a logEvidence'

const WHO = 'compare'
/** Of models that differ less the better one is not told. */
const FAR = 2

/**
 * Ranks models of the same data by how well they predict it: by `loo` or `waic` of each, by the ELBO of variational fits, or by
 * log evidence. ELBOs are bounds: a difference may be that of how tight they are.
 *
 * @param fits by the names that the table has for them.
 * @throws DomainError for scores of several kinds, other observations, and stacking where there are no log densities of each.
 * @see Vehtari, Gelman and Gabry (Statistics and Computing 2017), section 5, for the errors of differences.
 *
 * @example
 * ```ts
 * import { compare } from '@variate/inference'
 *
 * const { rows } = compare({ normal: { elbo: -104.2 }, student: { elbo: -101.9 } })
 * rows.map(({ name }) => name) // => ['student', 'normal']
 * rows[1]!.difference // => -2.3
 * rows[1]!.weight // => 0.0911
 * ```
 */
export function compare<const Fits extends Readonly<Record<string, Comparable>>>(
  fits: Fits & AllAlike<Fits>,
  { weights: method }: CompareOptions = {},
): Comparison<keyof Fits & string> {
  const entries = Object.entries(fits as Readonly<Record<string, Comparable>>)
  if (entries.length === 0) throw new DomainError(`${WHO}: there must be fits to compare`)
  const by = kindOf(entries)
  const models = entries
    .map(([name, fit]) => ({ name, fit, score: scoreOf(fit), own: termsOf(fit) }))
    .toSorted((a, b) => b.score - a.score)
  const bad = models.find(({ score }) => Number.isNaN(score))
  if (bad) throw new DomainError(`${WHO}: the score of "${bad.name}" is NaN`)
  checkPoints(entries)
  if (method !== undefined && method !== 'stacking' && method !== 'pseudoBma')
    throw new DomainError(`${WHO}: weights must be 'stacking' or 'pseudoBma', got ${shown(method)}`)
  const terms = models.flatMap(({ own }) => (own ? [own] : []))
  const canStack = terms.length === models.length
  if (method === 'stacking' && !canStack)
    throw new DomainError(
      `${WHO}: stacking needs the log density of each observation: pass what loo or waic give, or weights: 'pseudoBma'`,
    )
  const best = models[0]!
  const weights =
    canStack && method !== 'pseudoBma'
      ? stackingWeights(terms)
      : normalized(models.map(({ score }) => Math.exp(score - best.score)))
  const rows = models.map(({ name, fit, score, own }, i): ComparisonRow => ({
    name,
    score,
    standardError: fit.standardError ?? NaN,
    difference: score - best.score,
    differenceError: i === 0 ? 0 : own && best.own ? paired(own, best.own) : apart(fit, best.fit),
    weight: weights[i]!,
  }))
  const warnings = warningsOf(rows, entries)
  return { by, rows, warnings, toString: () => tableOf(by, rows, warnings) } as unknown as Comparison<never>
}

function kindOf(entries: readonly (readonly [string, Comparable])[]): ComparedBy {
  const kinds = entries.map(([name, fit]): ComparedBy => {
    if ('criterion' in fit) return fit.criterion
    if ('elbo' in fit) return 'elbo'
    if ('logEvidence' in fit) return 'log evidence'
    throw new DomainError(
      `${WHO}: "${name}" has no score: pass what loo or waic give, or a fit with elbo or logEvidence`,
    )
  })
  const other = kinds.findIndex((kind) => kind !== kinds[0])
  if (other < 0) return kinds[0]!
  throw new DomainError(
    `${WHO}: "${entries[0]![0]}" is scored by ${kinds[0]}, "${entries[other]![0]}" by ${kinds[other]}: they do not compare`,
  )
}

function scoreOf(fit: Comparable): number {
  if ('criterion' in fit) return fit.elpd
  return 'elbo' in fit ? fit.elbo : fit.logEvidence
}

function termsOf(fit: Comparable): Float64Array | undefined {
  return 'criterion' in fit ? fit.pointwise : undefined
}

/** @throws DomainError where models were scored by other observations. */
function checkPoints(entries: readonly (readonly [string, Comparable])[]): void {
  const texts = entries.flatMap(([name, fit]) =>
    'criterion' in fit
      ? [{ name, points: fit.points.map(({ site, element }) => elementText(site, element)) }]
      : [],
  )
  const [first, ...others] = texts
  for (const { name, points } of others) {
    const at = Array.from({ length: Math.max(points.length, first!.points.length) }).findIndex(
      (_, i) => points[i] !== first!.points[i],
    )
    if (at < 0) continue
    throw new DomainError(
      `${WHO}: models are compared by the same observations: "${first!.name}" has ${first!.points[at] ?? 'none'} where "${name}" has ` +
        `${points[at] ?? 'none'}`,
    )
  }
}

function paired(a: Float64Array, b: Float64Array): number {
  const differences = a.map((x, i) => x - b[i]!)
  const mean = differences.reduce((sum, x) => sum + x, 0) / differences.length
  return Math.sqrt(differences.reduce((sum, x) => sum + (x - mean) ** 2, 0))
}

function apart(a: Comparable, b: Comparable): number {
  return Math.hypot(a.standardError ?? NaN, b.standardError ?? NaN)
}

function normalized(weights: readonly number[]): readonly number[] {
  const total = weights.reduce((a, b) => a + b, 0)
  return weights.map((w) => w / total)
}

function warningsOf(
  rows: readonly ComparisonRow[],
  entries: readonly (readonly [string, Comparable])[],
): readonly string[] {
  const [first] = rows
  const near = rows
    .slice(1)
    .filter(({ difference, differenceError }) => -difference < FAR * differenceError)
    .map(({ name }) => `"${name}"`)
  const told =
    near.length > 0
      ? [
          `"${first!.name}" is not told from ${near.join(', ')}: they differ by less than ${FAR} standard errors`,
        ]
      : []
  const own = entries.flatMap(([name, fit]) =>
    'warnings' in fit && Array.isArray(fit.warnings) && fit.warnings.length > 0
      ? [`the score of "${name}" has ${fit.warnings.length} warnings of its own`]
      : [],
  )
  return [...told, ...own]
}

function tableOf(by: ComparedBy, rows: readonly ComparisonRow[], warnings: readonly string[]): string {
  const table = formatTable(
    ['model', by === 'loo' || by === 'waic' ? `elpd_${by}` : by, 'se', 'difference', 'se', 'weight'],
    rows.map(({ name, score, standardError, difference, differenceError, weight }) => [
      name,
      ...[score, standardError, difference, differenceError].map((x) => numberText(x)),
      percentText(Math.round(weight * 1000) / 1000),
    ]),
  )
  return [table, ...warnings].join('\n')
}
