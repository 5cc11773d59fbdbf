import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile } from '@variate/compile'
import { DomainError, NumericalError, type NdArray } from '@variate/core'
import { indicesOf, sizeOf } from '@variate/core/internal'
import { entryOf, placeOf, type Bound } from '@variate/language/internal'
import { combinationRows, combinationsOf, nameOf } from './combinationRows.ts'
import type { Factor } from './factor.ts'
import { logOfTerm, type Row, type Tensors } from './termAt.ts'
import { termsOf, variablesAt, type Term as AnyTerm, type TermSite } from './terms.ts'
import type { DiscreteSite } from './variables.ts'

type Term = AnyTerm<DiscreteSite>

/** The terms of the log joint as factors of discrete variables, in nats, and what depends on none of these. */
export interface Tables {
  /** Term by term, and in each element by element. */
  readonly factors: readonly Factor[]
  readonly constant: number
}

/**
 * Terms of the log joint as tables: each for each combination of the discrete latents that it depends on.
 *
 * @returns a function of what is given, compiled once.
 */
export function tablesOf(
  bound: Bound,
  discrete: ReadonlyMap<string, DiscreteSite>,
  sites: readonly TermSite[],
): (values: Bound['values']) => Tables {
  const terms = sites.flatMap((site) => termsOf(bound, discrete, site))
  const counts = terms.map(countOf)
  const rows = terms.map(({ dependences }, i) => combinationRows(bound, dependences, counts[i]!))
  const scopes = terms.map((term) => scopesOf(bound, term))
  const all = compile(
    (given: Tensors, masks: Tensors, own: readonly Tensors[]): readonly Tensor[] =>
      terms.map((term, i) =>
        batch(
          (row: Tensors) => logOfTerm(bound, term, given, placed(term, row), entryOf(masks, term.site.name)),
          {
            size: counts[i]!,
          },
        )(own[i]!),
      ),
    { precision: 'float64' },
  )
  return (values) => {
    const factors: Factor[] = []
    let constant = 0
    const tables = all(
      values as never,
      bound.present as never,
      rows as never,
    ) as unknown as readonly NdArray[]
    for (const [i, term] of terms.entries()) {
      const table = tables[i]!
      checkPossible(term, table)
      if (term.dependences.length === 0) constant += (table.data as Float64Array).reduce((a, b) => a + b, 0)
      else for (const factor of factorsOf(scopes[i]!, table)) factors.push(factor)
    }
    return { factors, constant }
  }
}

/**
 * @throws DomainError for an observation that cannot be, whatever the latents are; NumericalError for a log probability that is
 *   NaN or ∞.
 */
function checkPossible({ site, lengths }: Term, { data }: NdArray): void {
  const elements = sizeOf(lengths)
  for (let element = 0; element < elements; element++) {
    let isPossible = false
    for (let at = element; at < data.length; at += elements) {
      const log = data[at]!
      if (log > -Infinity) isPossible = true
      if (log < Infinity) continue
      throw new NumericalError(
        `enumeration: ${placeOf(site)}: the log probability${whereIs(element, lengths)} is ${log} for some values of the latents`,
      )
    }
    if (isPossible || site.kind !== 'observed') continue
    throw new DomainError(
      `enumeration: ${placeOf(site)}: the observation${whereIs(element, lengths)} has probability 0, whatever the latents are`,
    )
  }
}

function whereIs(element: number, lengths: readonly number[]): string {
  return lengths.length > 0 ? ` at [${indicesOf(element, lengths)}]` : ''
}

/** How many combinations a term has. */
function countOf({ dependences }: Pick<Term, 'dependences'>): number {
  return dependences.reduce((product, one) => product * combinationsOf(one), 1)
}

/** The values of a combination, which are the same for all elements. */
function placed({ dependences }: Term, row: Tensors): Row {
  return Object.fromEntries(
    dependences.map((one) => [nameOf(one), { tensor: row[nameOf(one)]!, plates: one.whole }]),
  )
}

/** For each element of a term the variables of its factor. */
function scopesOf(bound: Bound, term: Term): readonly (readonly number[])[] {
  return Array.from({ length: sizeOf(term.lengths) }, (_, element) =>
    term.dependences.flatMap((one) => variablesAt(bound, term, one, element)),
  )
}

/** The factors of a term, one for each of its elements. */
function factorsOf(scopes: readonly (readonly number[])[], { data }: NdArray): readonly Factor[] {
  const elements = scopes.length
  const count = data.length / elements
  const turned = new Float64Array(data.length)
  for (let row = 0, from = 0; row < count; row++)
    for (let element = 0; element < elements; element++) turned[element * count + row] = data[from++]!
  return scopes.map((variables, element) => ({
    variables,
    table: turned.subarray(element * count, (element + 1) * count),
  }))
}
