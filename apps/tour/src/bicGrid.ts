import { formatTable } from '@variate/core'

/** What the grid shows of a candidate. */
export interface Judged {
  readonly components: number
  readonly covariance: string
  readonly fit: { readonly bic: number } | null
  /** Runs that ended degenerate. */
  readonly rejected: number
}

/** BIC by number of components (down) and covariance form (across), the lowest marked. */
export function bicGrid(
  candidates: readonly Judged[],
  components: readonly number[],
  forms: readonly string[],
): string {
  const best = lowest(candidates)
  const cell = (count: number, form: string): string => {
    const candidate = candidates.find((one) => one.components === count && one.covariance === form)
    if (candidate === undefined) return 'not tried  '
    if (candidate.fit === null) return 'degenerate  '
    return `${candidate.fit.bic.toFixed(2)} ${candidate === best ? '◀' : ' '}`
  }
  const rejected = (form: string): number =>
    candidates.reduce((sum, one) => sum + (one.covariance === form ? one.rejected : 0), 0)
  const rows = [
    ...components.map((count) => [String(count), ...forms.map((form) => cell(count, form))]),
    ['degenerate runs', ...forms.map((form) => `${rejected(form)}  `)],
  ]
  const table = formatTable(['components', ...forms.map((form) => `${form}  `)], rows).split('\n')
  table.splice(-1, 0, table[1]!)
  return table.join('\n').replace(/\S+ ◀/, '**$&**')
}

/** The candidate of the lowest BIC that is not degenerate, if there is one. */
export function lowest<Candidate extends { readonly fit: { readonly bic: number } | null }>(
  candidates: readonly Candidate[],
): (Candidate & { readonly fit: NonNullable<Candidate['fit']> }) | undefined {
  type Sound = Candidate & { readonly fit: NonNullable<Candidate['fit']> }
  return candidates
    .filter((candidate): candidate is Sound => candidate.fit !== null)
    .toSorted((a, b) => a.fit.bic - b.fit.bic)[0]
}
