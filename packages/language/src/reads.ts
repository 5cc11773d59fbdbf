import { DomainError } from '@variate/core'
import type { Declaration, Environment } from './declaration.ts'
import { placeOf } from './program.ts'
import { suggestion } from './suggestion.ts'

/** The names of what a site reads. */
export interface SiteReads {
  readonly now: ReadonlySet<string>
  /** Of what it reads the value in the step before. */
  readonly before: ReadonlySet<string>
}

interface Found {
  readonly now: Set<string>
  readonly before: Set<string>
}

type When = keyof SiteReads

/** What the functions of sites read while a program is gone through. */
export class Reads {
  readonly #found = new Map<Declaration, Found>()

  of(site: Declaration): SiteReads {
    return foundIn(this.#found, site)
  }

  /** Whether a site reads a name, now or of the step before. */
  has(site: Declaration, name: string): boolean {
    const { now, before } = this.of(site)
    return now.has(name) || before.has(name)
  }

  /** Takes down what is read while `run` runs. */
  during<Result>(run: () => Result): Result {
    const outer = current
    current = this.#found
    try {
      return run()
    } finally {
      current = outer
    }
  }
}

/** Where reads are taken down. */
let current: Map<Declaration, Found> | undefined

/** What sites have read in any run: what is prepared for them in a first attempt. */
const hints = new WeakMap<Declaration, Found>()

/** Ends an attempt: a site has read what was not prepared for it. */
class Unprepared extends Error {
  readonly site: Declaration
  readonly read: string
  readonly when: When

  constructor(site: Declaration, read: string, when: When) {
    super(read)
    this.site = site
    this.read = read
    this.when = when
  }
}

/** Whether an error is no error, but the end of an attempt. */
export function isUnprepared(error: unknown): boolean {
  return error instanceof Unprepared
}

/**
 * Runs the function of a site with what it reads: names are guessed from earlier runs, and found out in attempts that end
 * where it reads another.
 *
 * @param run prepares what is named and calls the function with an environment of it.
 */
export function withReads<Result>(site: Declaration, run: (reads: SiteReads) => Result): Result {
  const hint = foundIn(hints, site)
  for (;;) {
    try {
      return run(hint)
    } catch (error) {
      if (!(error instanceof Unprepared) || error.site !== site || hint[error.when].has(error.read))
        throw error
      hint[error.when].add(error.read)
    }
  }
}

export interface Seen {
  /** The site whose function reads, and that errors name. */
  readonly site: Declaration
  /** Whose attempt ends where something is not prepared: the site itself, if not given. */
  readonly owner?: Declaration
  /** The names that it may read. */
  readonly visible: readonly string[]
  /** Of which step they are: `now`, if not given. */
  readonly when?: When
  /** Of the step before: what is to be read of the present instead. */
  readonly elsewhere?: readonly string[]
  /** The value that there is for a name; undefined if none is prepared. */
  value(name: string): unknown
}

/** What the function of a site sees. What it reads is taken down. */
export function environmentOf(seen: Seen): Environment {
  const { site, owner = site, visible, when = 'now', value } = seen
  return new Proxy(
    {},
    {
      get: (_, name) => {
        if (typeof name !== 'string') return undefined
        if (!visible.includes(name)) throw unseen(seen, name)
        const found = value(name)
        if (found === undefined) throw new Unprepared(owner, name, when)
        foundIn(hints, site)[when].add(name)
        if (current) foundIn(current, site)[when].add(name)
        return found
      },
      has: (_, name) => typeof name === 'string' && visible.includes(name),
      ownKeys: () => [...visible],
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    },
  )
}

function unseen({ site, visible, when, elsewhere }: Seen, name: string): DomainError {
  if (when !== 'before')
    return new DomainError(
      `${placeOf(site)} reads "${name}", which ${suggestion(name, visible, 'declared before it')}`,
    )
  const why = elsewhere?.includes(name)
    ? 'is not in the chain: read it from the first argument'
    : suggestion(name, visible, 'in the chain before it')
  return new DomainError(`${placeOf(site)} reads "${name}" of the step before, which ${why}`)
}

function foundIn(all: Pick<WeakMap<Declaration, Found>, 'get' | 'set'>, site: Declaration): Found {
  const found = all.get(site) ?? { now: new Set(), before: new Set() }
  all.set(site, found)
  return found
}
