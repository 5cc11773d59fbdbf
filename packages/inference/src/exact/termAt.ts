import type { Tensor } from '@tensorflow/tfjs-core'
import type { Distribution } from '@variate/distributions'
import {
  entryOf,
  logOf,
  logOfFactor,
  logOfFirst,
  logOfNext,
  Scope,
  valueOf,
  type Bound,
  type Declaration,
  type Placed,
} from '@variate/language/internal'
import type { Term } from './terms.ts'

export type Tensors = Readonly<Record<string, Tensor>>

/** Of one element of a term: the distribution of its site, and its value. */
export type OfElement<Result> = (distribution: Distribution, x: Tensor) => Result

/** The values of the latents that a term depends on: those of the step before under a name of their own. */
export type Row = Readonly<Record<string, Placed>>

/**
 * What there is when a term's turn comes: what is given, and the values of its latents.
 *
 * @param given a tensor for each site that is known.
 */
function scopeOf(bound: Bound, { site }: Term, given: Tensors, row: Row): Scope {
  const { program, sizes } = bound
  const scope = new Scope(program, sizes)
  const needed = computedFor(bound, site)
  for (const declared of program.declarations) {
    const { name } = declared
    if (declared === site) break
    if (declared.kind === 'network') scope.setNetwork(declared, given[name]!)
    else if (declared.kind === 'deterministic') {
      if (needed.has(declared)) scope.set(declared, valueOf(scope, declared))
    } else if (declared.kind !== 'factor') {
      const [now, before] = [entryOf(row, name), entryOf(row, beforeOf(name))]
      if (now || before) scope.place(name, now ?? before!, before)
      else {
        const own = entryOf(given, name)
        if (own) scope.set(declared, own)
      }
    }
  }
  return scope
}

/** The name of a latent's value in the step before, in a row. */
export function beforeOf(name: string): string {
  return `${name}\0before`
}

/** What `f` gives for each element of a term that has a distribution. */
export function termAt<Result>(
  bound: Bound,
  term: Term,
  given: Tensors,
  row: Row,
  f: OfElement<Result>,
): Result {
  const { site, part } = term
  if (site.kind === 'factor') throw new TypeError(`factor "${site.name}" has no distribution`)
  const scope = scopeOf(bound, term, given, row)
  const own = entryOf(row, site.name) ?? { tensor: given[site.name]!, plates: site.plates }
  if (part === 'first') return scope.eachFirst(site, own, (seen, x) => f(site.of(seen), x))
  if (part === 'all') return scope.each(site, [own], (seen, x) => f(site.of(seen), x))
  return scope.eachNext(site, own, entryOf(row, beforeOf(site.name)), (seen, previous, x) =>
    f(site.next!(seen, previous), x),
  )
}

/** A term of the log joint for one row, for each of its elements. */
export function logOfTerm(bound: Bound, term: Term, given: Tensors, row: Row, present?: Tensor): Tensor {
  const { site, part } = term
  const scope = scopeOf(bound, term, given, row)
  if (site.kind === 'factor') return logOfFactor(scope, site)
  const own = entryOf(row, site.name) ?? { tensor: given[site.name]!, plates: site.plates }
  if (part === 'first') return logOfFirst(scope, site, own)
  if (part === 'next') return logOfNext(scope, site, own, entryOf(row, beforeOf(site.name)))
  return logOf(scope, site, own, present)
}

/** The deterministic sites that a site reads, and those that these read. */
export function computedFor({ program, reads }: Bound, site: Declaration): ReadonlySet<Declaration> {
  const found = new Set<Declaration>()
  const visit = (reader: Declaration): void => {
    for (const other of program.declarations) {
      if (other.kind !== 'deterministic' || !reads.has(reader, other.name) || found.has(other)) continue
      found.add(other)
      visit(other)
    }
  }
  visit(site)
  return found
}
