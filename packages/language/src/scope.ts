import type { Tensor } from '@tensorflow/tfjs-core'
import { foldInKey, type AnyKey } from '@variate/core/ops'
import type { Declaration, Environment } from './declaration.ts'
import { elementAt, sliced, stepAt } from './elementAt.ts'
import { named } from './named.ts'
import type { NetworkTensors } from './networks/network.ts'
import { overPlates, type Placed } from './overPlates.ts'
import type { Program } from './program.ts'
import { environmentOf, withReads, type SiteReads } from './reads.ts'
import { entryOf } from './entryOf.ts'
import { asFunction, indexOf, indices, type PlacedNetwork } from './training.ts'

// Values of one element lie in one record: those of its own site under names that no site's are.
const OWN = 'own:0'
const OWN_MORE = 'own:1'
const nowOf = (name: string): string => `now:${name}`
const beforeOf = (name: string): string => `before:${name}`

/** An element of a site: its place in each of the plates. */
export interface OneElement {
  readonly site: string
  readonly index: readonly number[]
}

export interface ScopeOptions {
  /** A site that is evaluated for one of its elements only, and outside of any trace. */
  readonly only?: OneElement | undefined
  /** In a step that trains: the key of what is random in networks. */
  readonly training?: AnyKey | undefined
}

/** The values of sites while a program is gone through, from the first declaration on. */
export class Scope {
  readonly program: Program
  readonly sizes: ReadonlyMap<string, number>
  readonly #values = new Map<string, Placed>()
  /** Values of a chain's step before that are not those of the same site a step earlier. */
  readonly #before = new Map<string, Placed>()
  readonly #networks = new Map<string, PlacedNetwork>()
  readonly #visible: string[] = []
  readonly #only: OneElement | undefined
  readonly #training: AnyKey | undefined
  /** In a step that trains, the index of each element. */
  readonly #indices: Readonly<Record<string, Placed>>

  constructor(program: Program, sizes: ReadonlyMap<string, number>, { only, training }: ScopeOptions = {}) {
    this.program = program
    this.sizes = sizes
    this.#only = only
    this.#training = training
    const isRandom = training !== undefined && program.declarations.some(({ kind }) => kind === 'network')
    this.#indices = isRandom ? indices(sizes) : {}
  }

  /** The names of what may be read, in the order of declaration. */
  get visible(): readonly string[] {
    return this.#visible
  }

  /** Adds the value of a site, an axis for each of its plates first. */
  set({ name, plates }: Declaration, tensor: Tensor): void {
    this.place(name, { tensor, plates })
  }

  /**
   * Adds the value of a site that is the same for all elements of some of its plates.
   *
   * @param before its value in the step before, if it is in a chain.
   */
  place(name: string, value: Placed, before?: Placed): void {
    this.#values.set(name, value)
    if (before) this.#before.set(name, before)
    this.#visible.push(name)
  }

  setNetwork(site: Declaration & { readonly kind: 'network' }, params: NetworkTensors): void {
    this.#networks.set(site.name, { site, params })
    this.#visible.push(site.name)
  }

  /** What there is of some names; networks are no values. With them are the indices of elements, where they are wanted. */
  read(names: Iterable<string>): Record<string, Placed> {
    const named = [...names].flatMap((name): [string, Placed][] => {
      const value = this.#values.get(name)
      return value ? [[name, value]] : []
    })
    return { ...Object.fromEntries(named), ...this.#indices }
  }

  /**
   * What a site sees of values.
   *
   * @param more names that it may read besides what is declared before.
   * @param owner whose attempt it is part of.
   */
  environment(
    site: Declaration,
    values: Readonly<Record<string, Tensor>>,
    more: readonly string[] = [],
    owner: Declaration = site,
  ): Environment {
    return environmentOf({
      site,
      owner,
      visible: [...this.#visible, ...more],
      value: this.#valueIn(site, (name) => entryOf(values, name)),
    })
  }

  /**
   * What `f` gives for each element of a site's plates.
   *
   * @param own values of the site.
   */
  each<Result>(
    site: Declaration,
    own: readonly Placed[],
    f: (environment: Environment, ...own: [Tensor, Tensor]) => Result,
  ): Result {
    return this.#attempted(site, ({ now }) => {
      const values = { ...this.#now(now), ...ownOf(own) }
      if (this.#only?.site === site.name) {
        const of = elementAt(values, site.plates, this.#only.index)
        return f(this.#seen(site, of), of[OWN]!, of[OWN_MORE]!)
      }
      return overPlates(site.plates, this.sizes, values, (of) =>
        f(this.#seen(site, of), of[OWN]!, of[OWN_MORE]!),
      )
    })
  }

  /** What `f` gives for a site of a chain, which is innermost, in the first step: for each element of the plates around. */
  eachFirst<Result>(
    site: Declaration,
    own: Placed,
    f: (environment: Environment, own: Tensor) => Result,
  ): Result {
    const chain = site.plates.at(-1)!
    return this.#attempted(site, ({ now }) => {
      const values = { ...this.#now(now), [OWN]: own }
      const firsts = Object.entries(values).map(([name, value]) => [name, stepAt(value, chain, 0)])
      return overPlates(site.plates.slice(0, -1), this.sizes, Object.fromEntries(firsts), (of) =>
        f(this.#seen(site, of), of[OWN]!),
      )
    })
  }

  /** What `f` gives in the other steps, of which there is one at least; it sees the values of the step before as well. */
  eachNext<Result>(
    site: Declaration,
    own: Placed,
    ownBefore: Placed | undefined,
    f: (environment: Environment, previous: Environment, own: Tensor) => Result,
  ): Result {
    const chain = site.plates.at(-1)!
    const count = this.sizes.get(chain)! - 1
    const sizes = new Map([...this.sizes, [chain, count]])
    return this.#attempted(site, ({ now, before }) => {
      const values: Record<string, Placed> = { [OWN]: sliced(own, chain, 1, count) }
      for (const [name, value] of Object.entries(this.read(now)))
        values[nowOf(name)] = sliced(value, chain, 1, count)
      for (const name of before) {
        const isOwn = name === site.name
        const given = isOwn ? ownBefore : this.#before.get(name)
        const value = isOwn ? own : this.#values.get(name)
        if (given) values[beforeOf(name)] = given
        else if (value) values[beforeOf(name)] = sliced(value, chain, 0, count)
      }
      return overPlates(site.plates, sizes, values, (of) =>
        f(this.#seen(site, of), this.#previous(site, chain, of), of[OWN]!),
      )
    })
  }

  #attempted<Result>(site: Declaration, run: (reads: SiteReads) => Result): Result {
    return named(site, () => withReads(site, run))
  }

  #now(names: Iterable<string>): Record<string, Placed> {
    return Object.fromEntries(Object.entries(this.read(names)).map(([name, value]) => [nowOf(name), value]))
  }

  #seen(site: Declaration, values: Readonly<Record<string, Tensor>>): Environment {
    return environmentOf({
      site,
      visible: this.#visible,
      value: this.#valueIn(site, (name) => values[nowOf(name)]),
    })
  }

  /** The networks that one element of a site sees, besides values. */
  #valueIn(site: Declaration, valueOf: (name: string) => Tensor | undefined): (name: string) => unknown {
    const functions = new Map<string, (x: Tensor) => Tensor>()
    return (name) => {
      const network = this.#networks.get(name)
      if (!network) return valueOf(name)
      const known = functions.get(name) ?? asFunction(network, this.#readerOf(site, network, valueOf))
      functions.set(name, known)
      return known
    }
  }

  #readerOf(site: Declaration, network: PlacedNetwork, valueOf: (name: string) => Tensor | undefined) {
    if (this.#training === undefined) return undefined
    const places = [site, network.site].map((declared) => this.program.declarations.indexOf(declared))
    return {
      key: places.reduce<AnyKey>(foldInKey, this.#training),
      indices: site.plates.map((plate) => valueOf(indexOf(plate))!),
    }
  }

  #previous(site: Declaration, chain: string, values: Readonly<Record<string, Tensor>>): Environment {
    const inChain = this.program.declarations
      .filter(({ name, plates }) => this.#values.has(name) && plates.includes(chain))
      .map(({ name }) => name)
    return environmentOf({
      site,
      visible: [...inChain, site.name],
      when: 'before',
      elsewhere: this.#visible,
      value: (name) => values[beforeOf(name)],
    })
  }
}

function ownOf(own: readonly Placed[]): Record<string, Placed> {
  return Object.fromEntries(own.map((value, i) => [[OWN, OWN_MORE][i]!, value]))
}
