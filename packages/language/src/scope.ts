import type { Tensor } from '@tensorflow/tfjs-core'
import { reshape, slice } from '@variate/core/ops'
import type { Declaration, Environment } from './declaration.ts'
import { named } from './named.ts'
import type { NetworkTensors } from './networks/network.ts'
import { overPlates, type Placed } from './overPlates.ts'
import type { Program } from './program.ts'
import { environmentOf, ofStepBefore, withReads } from './reads.ts'

/** The name under which a function is given the value of its own site. */
const OWN = ' own'

/** An element of a site: its place in each of the plates. */
export interface OneElement {
  readonly site: string
  readonly index: readonly number[]
}

/** The values of sites while a program is gone through, from the first declaration on. */
export class Scope {
  readonly program: Program
  readonly sizes: ReadonlyMap<string, number>
  readonly #values = new Map<string, Placed>()
  /** Values of a chain's step before that are not those of the same site a step earlier. */
  readonly #before = new Map<string, Placed>()
  readonly #networks = new Map<string, (x: Tensor) => Tensor>()
  readonly #visible: string[] = []
  readonly #only: OneElement | undefined

  /** @param only a site that is evaluated for one of its elements only, and outside of any trace. */
  constructor(program: Program, sizes: ReadonlyMap<string, number>, only?: OneElement) {
    this.program = program
    this.sizes = sizes
    this.#only = only
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
    this.#networks.set(site.name, (x) => site.network.apply(params as never, x))
    this.#visible.push(site.name)
  }

  /** What there is of some names; networks are no values. */
  read(names: readonly string[]): Record<string, Placed> {
    return Object.fromEntries(
      names.flatMap((name) => {
        const value = this.#values.get(name)
        return value ? [[name, value]] : []
      }),
    )
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
      value: (name) => this.#networks.get(name) ?? values[name],
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
    return this.#attempted(site, (reads) => {
      const values = { ...this.read(reads), ...ownOf(own) }
      if (this.#only?.site === site.name) {
        const of = elementAt(values, site.plates, this.#only.index)
        return f(this.environment(site, of), of[OWN]!, of[`${OWN}1`]!)
      }
      return overPlates(site.plates, this.sizes, values, (of) =>
        f(this.environment(site, of), of[OWN]!, of[`${OWN}1`]!),
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
    return this.#attempted(site, (reads) => {
      const values = { ...this.read(reads), [OWN]: own }
      const firsts = Object.entries(values).map(([name, value]) => [name, stepAt(value, chain, 0)])
      return overPlates(site.plates.slice(0, -1), this.sizes, Object.fromEntries(firsts), (of) =>
        f(this.environment(site, of), of[OWN]!),
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
    return this.#attempted(site, (reads) => {
      const values = { ...this.read(reads.map(nameIn)), [OWN]: own }
      const shifted = Object.entries(values).flatMap(([at, value]): [string, Placed][] => {
        const name = at === OWN ? site.name : at
        const now: [string, Placed] = [at, sliced(value, chain, 1, count)]
        const given = at === OWN ? ownBefore : this.#before.get(name)
        return [now, [ofStepBefore(name), given ?? sliced(value, chain, 0, count)]]
      })
      return overPlates(site.plates, sizes, Object.fromEntries(shifted), (of) =>
        f(this.environment(site, of), this.#previous(site, chain, of), of[OWN]!),
      )
    })
  }

  #attempted<Result>(site: Declaration, run: (reads: readonly string[]) => Result): Result {
    return named(site, () => withReads(site, run))
  }

  #previous(site: Declaration, chain: string, values: Readonly<Record<string, Tensor>>): Environment {
    const inChain = this.program.declarations
      .filter(({ name, plates }) => this.#values.has(name) && plates.includes(chain))
      .map(({ name }) => name)
    return environmentOf({
      site,
      visible: [...inChain, site.name],
      value: (name) => values[ofStepBefore(name)],
      told: ofStepBefore,
    })
  }
}

function ownOf(own: readonly Placed[]): Record<string, Placed> {
  return Object.fromEntries(own.map((value, i) => [i === 0 ? OWN : `${OWN}${i}`, value]))
}

/** The values of one element. */
function elementAt(
  values: Readonly<Record<string, Placed>>,
  plates: readonly string[],
  index: readonly number[],
): Record<string, Tensor> {
  const placed = Object.entries(values).map(([name, value]): [string, Tensor] => {
    const own = plates.reduce((x, plate, i) => stepAt(x, plate, index[i]!), value)
    return [name, own.tensor]
  })
  return Object.fromEntries(placed)
}

/** The name that is told, of the step before or not. */
function nameIn(read: string): string {
  return read.replace(ofStepBefore(''), '')
}

/** Some steps of a value; all of it if it is of no step. */
function sliced(value: Placed, chain: string, from: number, count: number): Placed {
  const axis = value.plates.indexOf(chain)
  if (axis < 0) return value
  const { shape } = value.tensor
  const begin = shape.map((_, i) => (i === axis ? from : 0))
  return { ...value, tensor: slice(value.tensor, begin, shape.with(axis, count)) }
}

/** One element along a plate, or a step of a chain. */
function stepAt(value: Placed, plate: string, at: number): Placed {
  const axis = value.plates.indexOf(plate)
  if (axis < 0) return value
  const { tensor } = sliced(value, plate, at, 1)
  return {
    tensor: reshape(tensor, tensor.shape.toSpliced(axis, 1)),
    plates: value.plates.filter((other) => other !== plate),
  }
}
