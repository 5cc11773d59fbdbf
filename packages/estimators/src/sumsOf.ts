import { UnsupportedError } from '@variate/core'
import { countOf, type Summed } from './combinations.ts'
import type { Outline } from './estimator.ts'
import type { Factor, Reader } from './problem.ts'
import { readsOf, type Reads } from './readsOf.ts'

/** Terms of log p and factors of log q whose means are sums over the same combinations of values. */
export interface Sum {
  /** The discrete factors that are summed over: none, where only continuous ones have a part. */
  readonly summed: readonly Summed[]
  readonly terms: readonly string[]
  readonly factors: readonly string[]
}

/** The sums that the bound is made of, by what they go over. */
export function sumsOf({ factors, terms }: Pick<Outline, 'factors' | 'terms'>): readonly Sum[] {
  const sums = new Map<string, { summed: readonly Summed[]; terms: string[]; factors: string[] }>()
  const sumOver = (reads: Reads): { readonly terms: string[]; readonly factors: string[] } => {
    const summed = factors.flatMap((factor) => {
      const whole = reads.get(factor.name)
      return whole && factor.draws === 'discrete' ? [{ factor, whole }] : []
    })
    const name = JSON.stringify(summed.map(({ factor, whole }) => [factor.name, whole]))
    const known = sums.get(name) ?? { summed, terms: [], factors: [] }
    sums.set(name, known)
    return known
  }
  const among = (readers: readonly Reader[], name: string): Reader | undefined =>
    readers.find((reader) => reader.name === name)
  for (const { name } of terms)
    sumOver(readsOf(factors, (factor) => among(factor.terms, name))).terms.push(name)
  for (const { name, plates } of factors) {
    const own = (factor: Factor): Reader | undefined =>
      factor.name === name ? { name, aligned: plates } : undefined
    sumOver(readsOf(factors, own)).factors.push(name)
  }
  return [...sums.values()]
}

/** @throws UnsupportedError for a sum over more combinations than a limit: it names what is summed over, and why so much of it. */
export function checkSums(
  sums: readonly Sum[],
  { sizes }: Pick<Outline, 'sizes'>,
  limit: number,
  who: string,
): void {
  for (const { summed, terms, factors } of sums) {
    const count = countOf(summed, sizes)
    if (count <= limit) continue
    const parts = summed.map(({ factor, whole }) => {
      const of = `"${factor.name}" of ${factor.support!.shape[0]} values`
      const all = whole.map((plate) => `all ${sizes.get(plate)} elements of "${plate}"`).join(' and ')
      return whole.length === 0 ? of : `${of}, in ${all} together`
    })
    const readers = [...terms, ...factors].map((name) => `"${name}"`)
    throw new UnsupportedError(
      `${who}: enumerated: ${[...new Set(readers)].join(', ')} is a sum over ${count.toLocaleString('en')} combinations: ` +
        `${parts.join('; ')}: the limit is ${limit.toLocaleString('en')}: use scoreFunction() or automatic()`,
    )
  }
}
