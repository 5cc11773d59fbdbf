import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile } from '@variate/compile'
import { DomainError, UnsupportedError, type NdArray } from '@variate/core'
import { indicesOf } from '@variate/core/internal'
import {
  logOf,
  logOfFactor,
  logOfFirst,
  logOfNext,
  placeOf,
  readsOf,
  Scope,
  valueOf,
  type Bound,
  type Declaration,
  type Placed,
  type Program,
  type RandomSite,
} from '@variate/language/internal'
import { combinationRows, combinationsOf, nameOf } from './combinationRows.ts'
import type { Factor } from './factor.ts'
import { termsOf, variablesAt, type Term as AnyTerm, type TermSite } from './terms.ts'
import { sizeOf, type DiscreteSite } from './variables.ts'

type Tensors = Readonly<Record<string, Tensor>>

type Term = AnyTerm<DiscreteSite>

/** More numbers than this in one table are refused. */
const MOST = 2 ** 24

/** The terms of the log joint as factors of discrete variables, in nats, and what depends on none of these. */
export interface Tables {
  readonly factors: readonly Factor[]
  readonly constant: number
}

/**
 * Terms of the log joint as tables: each for each combination of the discrete latents that it depends on.
 *
 * @throws UnsupportedError for terms that depend on too many.
 */
export function tablesOf(
  bound: Bound,
  discrete: ReadonlyMap<string, DiscreteSite>,
  sites: readonly TermSite[],
): Tables {
  const factors: Factor[] = []
  let constant = 0
  for (const term of sites.flatMap((site) => termsOf(bound, discrete, site))) {
    const table = tableOf(bound, discrete, term)
    checkPossible(term, table)
    if (term.dependences.length === 0) constant += (table.data as Float64Array).reduce((a, b) => a + b, 0)
    else factors.push(...factorsOf(bound, term, table))
  }
  return { factors, constant }
}

/** @throws DomainError for an observation that cannot be, whatever the latents are. */
function checkPossible({ site, lengths }: Term, { data }: NdArray): void {
  const elements = sizeOf(lengths)
  for (let element = 0; site.kind === 'observed' && element < elements; element++) {
    let isPossible = false
    for (let at = element; at < data.length && !isPossible; at += elements)
      isPossible = data[at] !== -Infinity
    if (isPossible) continue
    const where = lengths.length > 0 ? ` at [${indicesOf(element, lengths)}]` : ''
    throw new DomainError(
      `enumeration: ${placeOf(site)}: the observation${where} has probability 0, whatever the latents are`,
    )
  }
}

/** A term's value for all combinations and all elements, [combinations, ...elements]. */
function tableOf(bound: Bound, discrete: ReadonlyMap<string, DiscreteSite>, term: Term): NdArray {
  const { dependences, lengths, site } = term
  const count = dependences.reduce((product, one) => product * combinationsOf(one), 1)
  if (count * sizeOf(lengths) > MOST) {
    const names = dependences.map(({ of, count: own }) => `${own} of "${of.site.name}"`).join(', ')
    throw new UnsupportedError(
      `enumeration: ${placeOf(site)} depends on ${names}: ${count} combinations for each of ${sizeOf(lengths)} elements are ` +
        `more than the ${MOST} numbers that are summed over`,
    )
  }
  const rows = combinationRows(bound, dependences, count)
  const all = (given: Tensors, own: Readonly<Record<string, Tensor>>): Tensor =>
    batch((row: Tensors) => logOfTerm(bound, discrete, term, given, row), { size: count })(own)
  const present = bound.present[site.name]
  const given = { ...bound.values, ...(present ? { [PRESENT]: present } : {}) }
  return compile(all, { precision: 'float64' })(given as never, rows as never)
}

const PRESENT = ' present'

/** A term of the log joint for one combination. */
function logOfTerm(
  { program, sizes }: Bound,
  discrete: ReadonlyMap<string, DiscreteSite>,
  { site, part, dependences }: Term,
  given: Tensors,
  row: Tensors,
): Tensor {
  const scope = new Scope(program, sizes)
  const placed = (isBefore: boolean, name: string): Placed | undefined => {
    const found = dependences.find(({ of, isBefore: is }) => of.site.name === name && is === isBefore)
    return found && { tensor: row[nameOf(found)]!, plates: found.whole }
  }
  const needed = computedFor(program, site)
  for (const declared of program.declarations) {
    const { name } = declared
    if (declared === site) break
    if (declared.kind === 'network') scope.setNetwork(declared, given[name]!)
    else if (declared.kind === 'deterministic') {
      if (needed.has(declared)) scope.set(declared, valueOf(scope, declared))
    } else if (declared.kind !== 'factor') {
      const [now, before] = [placed(false, name), placed(true, name)]
      if (now || before) scope.place(name, now ?? before!, before)
      else if (!discrete.has(name)) scope.set(declared, given[name]!)
    }
  }
  if (site.kind === 'factor') return logOfFactor(scope, site)
  const own = placed(false, site.name) ?? { tensor: given[site.name]!, plates: site.plates }
  const before = placed(true, site.name)
  if (part === 'first') return logOfFirst(scope, site as RandomSite, own)
  if (part === 'next') return logOfNext(scope, site as RandomSite, own, before)
  return logOf(scope, site as RandomSite, own, given[PRESENT])
}

/** The deterministic sites that a site reads, and those that these read. */
function computedFor({ declarations }: Program, site: Declaration): ReadonlySet<Declaration> {
  const found = new Set<Declaration>()
  const visit = (reader: Declaration): void => {
    const reads = readsOf(reader)
    for (const other of declarations) {
      if (other.kind !== 'deterministic' || !reads.has(other.name) || found.has(other)) continue
      found.add(other)
      visit(other)
    }
  }
  visit(site)
  return found
}

/** The factors of a term, one for each of its elements. */
function factorsOf(bound: Bound, term: Term, table: NdArray): readonly Factor[] {
  const elements = sizeOf(term.lengths)
  const count = table.data.length / elements
  return Array.from({ length: elements }, (_, element) => ({
    variables: term.dependences.flatMap((one) => variablesAt(bound, term, one, element)),
    table: Float64Array.from({ length: count }, (__, row) => table.data[row * elements + element]!),
  }))
}
