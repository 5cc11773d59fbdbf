import { DomainError } from '@variate/core'
import type { Declaration, Environment } from './declaration.ts'
import { placeOf } from './program.ts'
import { suggestion } from './suggestion.ts'

/** How the read of a value of the step before is told of. */
export const ofStepBefore = (name: string): string => `${name} of the step before`

/** What the functions of a site have read so far, as it is told of. */
const known = new WeakMap<Declaration, Set<string>>()

/** What the attempts of a site prepare besides: what is read by others that are evaluated within them, as in a step of a chain. */
const prepared = new WeakMap<Declaration, Set<string>>()

/** Ends an attempt: a site has read what was not prepared for it. */
class Unprepared extends Error {
  readonly site: Declaration
  readonly read: string

  constructor(site: Declaration, read: string) {
    super(read)
    this.site = site
    this.read = read
  }
}

/**
 * Runs the function of a site with what it reads: names are known from earlier runs, or found out in attempts that end where
 * it reads another.
 *
 * @param run prepares what is named and calls the function with an environment of it.
 */
export function withReads<Result>(site: Declaration, run: (reads: readonly string[]) => Result): Result {
  const more = remembered(site, prepared)
  for (;;) {
    const reads = new Set([...remembered(site), ...more])
    try {
      return run([...reads])
    } catch (error) {
      if (!(error instanceof Unprepared) || error.site !== site || reads.has(error.read)) throw error
      more.add(error.read)
    }
  }
}

/** What the functions of a site have been found to read. */
export function readsOf(site: Declaration): ReadonlySet<string> {
  return known.get(site) ?? new Set()
}

export interface Seen {
  /** The site whose function reads, and that errors name. */
  readonly site: Declaration
  /** Whose attempt ends where something is not prepared: the site itself, if not given. */
  readonly owner?: Declaration
  /** The names that it may read. */
  readonly visible: readonly string[]
  /** The value that there is for a name; undefined if none is prepared. */
  value(name: string): unknown
  /** How a read is told of in `withReads` and `readsOf`: by the name alone, if not given. */
  told?(name: string): string
}

/** What the function of a site sees. What it reads is remembered. */
export function environmentOf({
  site,
  owner = site,
  visible,
  value,
  told = (name) => name,
}: Seen): Environment {
  return new Proxy(
    {},
    {
      get: (_, name) => {
        if (typeof name !== 'string') return undefined
        if (!visible.includes(name)) {
          throw new DomainError(
            `${placeOf(site)} reads "${name}", which ${suggestion(name, visible, 'declared before it')}`,
          )
        }
        const found = value(name)
        if (found === undefined) throw new Unprepared(owner, told(name))
        remembered(site).add(told(name))
        return found
      },
      has: (_, name) => typeof name === 'string' && visible.includes(name),
      ownKeys: () => [...visible],
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    },
  )
}

function remembered(site: Declaration, where: WeakMap<Declaration, Set<string>> = known): Set<string> {
  const reads = where.get(site) ?? new Set<string>()
  where.set(site, reads)
  return reads
}
