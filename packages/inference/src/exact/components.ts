import { sizeOf } from '@variate/core/internal'
import type { Bound } from '@variate/language/internal'
import { hasTerm, termsOf, variablesAt, type Term, type TermSite } from './terms.ts'
import type { ContinuousSite, DiscreteSite, LatentSite } from './variables.ts'

/** Continuous latents that depend on each other, and all terms of the log joint that have them. */
export interface Component {
  /** Numbers of the continuous variables. */
  readonly continuous: readonly number[]
  /** The discrete variables that the terms depend on. */
  readonly discrete: readonly number[]
  /** The terms: elements of sites, numbered over all plates of the site. */
  readonly terms: readonly { readonly site: TermSite; readonly element: number }[]
}

export interface Split {
  readonly components: readonly Component[]
  /** The sites whose terms have no continuous latent. */
  readonly discreteOnly: readonly TermSite[]
}

/**
 * The continuous latents in parts that are independent of each other given the discrete ones: those are together that any
 * element of a term depends on.
 */
export function split(
  bound: Bound,
  discrete: ReadonlyMap<string, DiscreteSite>,
  continuous: ReadonlyMap<string, ContinuousSite>,
): Split {
  const latents = new Map<string, LatentSite>([...discrete, ...continuous])
  const isContinuous = (name: string): boolean => continuous.has(name)
  const discreteOnly: TermSite[] = []
  const elements: {
    readonly site: TermSite
    readonly element: number
    readonly own: readonly number[]
    readonly others: readonly number[]
  }[] = []
  for (const site of bound.program.declarations.filter(hasTerm)) {
    const terms = termsOf(bound, latents, site)
    if (!terms.some(({ dependences }) => dependences.some(({ of }) => isContinuous(of.site.name)))) {
      discreteOnly.push(site)
      continue
    }
    for (const term of terms) {
      for (let element = 0; element < sizeOf(term.lengths); element++) {
        const of = (wanted: boolean): number[] =>
          term.dependences
            .filter((one) => isContinuous(one.of.site.name) === wanted)
            .flatMap((one) => variablesAt(bound, term, one, element))
        elements.push({ site, element: overall(bound, term, element), own: of(true), others: of(false) })
      }
    }
  }
  const groups = new Groups([...continuous.values()].reduce((sum, { lengths }) => sum + sizeOf(lengths), 0))
  for (const { own } of elements) for (const variable of own) groups.join(variable, own[0]!)
  const byRoot = new Map<
    number,
    { continuous: number[]; discrete: Set<number>; terms: Component['terms'][number][] }
  >()
  const at = (root: number) => {
    const found = byRoot.get(root) ?? { continuous: [], discrete: new Set<number>(), terms: [] }
    byRoot.set(root, found)
    return found
  }
  for (let variable = 0; variable < groups.size; variable++)
    at(groups.root(variable)).continuous.push(variable)
  for (const [i, { site, element, own, others }] of elements.entries()) {
    // An element of such a site may have no continuous latent itself, as the first step of a chain.
    const component = at(own.length > 0 ? groups.root(own[0]!) : -1 - i)
    component.terms.push({ site, element })
    for (const variable of others) component.discrete.add(variable)
  }
  const components = [...byRoot.values()].map(({ continuous: own, discrete: others, terms }) => ({
    continuous: own,
    discrete: [...others].toSorted((a, b) => a - b),
    terms,
  }))
  return { components, discreteOnly }
}

/** The number of a term's element among all elements of its site. */
export function overall(bound: Bound, { site, part }: Term, element: number): number {
  if (part === 'all') return element
  const steps = bound.sizes.get(site.plates.at(-1)!)!
  if (part === 'first') return element * steps
  return Math.floor(element / (steps - 1)) * steps + (element % (steps - 1)) + 1
}

/** Sets that are joined: union–find with halving of paths (Tarjan and van Leeuwen 1984). */
class Groups {
  readonly #parents: Int32Array

  constructor(size: number) {
    this.#parents = Int32Array.from({ length: size }, (_, i) => i)
  }

  get size(): number {
    return this.#parents.length
  }

  root(of: number): number {
    let at = of
    while (this.#parents[at] !== at) {
      this.#parents[at] = this.#parents[this.#parents[at]!]!
      at = this.#parents[at]!
    }
    return at
  }

  join(a: number, b: number): void {
    this.#parents[this.root(a)] = this.root(b)
  }
}
