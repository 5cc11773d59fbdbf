import { combinations, placesIn, type Factor } from './factor.ts'

/** One step of an elimination: what is multiplied, and what is summed out. */
export interface EliminationStep {
  readonly variable: number
  /** The variables of the product, that which is summed out the last. */
  readonly clique: readonly number[]
  /** The factors that have the variable: given ones by their number, then messages of earlier steps, by n + the step's. */
  readonly factors: readonly number[]
  /** For each of these where the combinations of the clique are in its table. */
  readonly places: readonly Int32Array[]
  /** How many combinations the clique has. */
  readonly size: number
}

export interface EliminationPlan {
  readonly steps: readonly EliminationStep[]
  /** How many numbers the largest product has, and all together. */
  readonly largest: number
  readonly total: number
}

/**
 * In which order variables are summed out: always one whose product is smallest, first come, first served. Finding the best
 * order is NP-hard (Arnborg, Corneil and Proskurowski 1987); trees and chains are done without a loss.
 *
 * @param limit products of more numbers are only counted: such a plan cannot be carried out.
 */
export function eliminationPlan(
  cardinalities: ArrayLike<number>,
  factors: readonly Pick<Factor, 'variables'>[],
  limit: number = Infinity,
): EliminationPlan {
  const variables = Array.from(cardinalities, (_, variable) => variable)
  /** The factors that have each variable, and what each factor has. */
  const having = variables.map((): Set<number> => new Set())
  const scopes: (readonly number[])[] = []
  const add = (scope: readonly number[]): void => {
    for (const variable of scope) having[variable]!.add(scopes.length)
    scopes.push(scope)
  }
  for (const { variables: scope } of factors) add(scope)
  const neighbours = (variable: number): readonly number[] => {
    const all = new Set([...having[variable]!].flatMap((factor) => scopes[factor]!))
    all.delete(variable)
    return [...all]
  }
  const sizeOf = (variable: number): number =>
    combinations(neighbours(variable), cardinalities) * cardinalities[variable]!
  const queue = new BySize(variables.map(sizeOf))
  const steps: EliminationStep[] = []
  const sharedPlaces = sharing(cardinalities)
  let [largest, total] = [0, 0]
  for (let variable = queue.take(); variable !== undefined; variable = queue.take()) {
    const rest = neighbours(variable)
    const clique = [...rest, variable]
    const own = [...having[variable]!]
    const size = combinations(clique, cardinalities)
    const places = size > limit ? [] : own.map((factor) => sharedPlaces(scopes[factor]!, clique))
    steps.push({ variable, clique, factors: own, places, size })
    ;[largest, total] = [Math.max(largest, size), total + size]
    for (const factor of own) for (const other of scopes[factor]!) having[other]!.delete(factor)
    add(rest)
    for (const other of rest) queue.update(other, sizeOf(other))
  }
  return { steps, largest, total }
}

/** `placesIn`, once for all cliques that look the same: independent elements have their places in common. */
function sharing(
  cardinalities: ArrayLike<number>,
): (scope: readonly number[], clique: readonly number[]) => Int32Array {
  const known = new Map<string, Int32Array>()
  return (scope, clique) => {
    const pattern = `${clique.map((variable) => cardinalities[variable])} ${scope.map((variable) => clique.indexOf(variable))}`
    const places = known.get(pattern) ?? placesIn(scope, clique, cardinalities)
    known.set(pattern, places)
    return places
  }
}

/** Variables by the sizes of their products, that with the smallest first: a heap in which what has changed is left. */
class BySize {
  readonly #heap: (readonly [size: number, variable: number])[] = []
  readonly #sizes: (number | undefined)[]

  constructor(sizes: readonly number[]) {
    this.#sizes = [...sizes]
    for (const [variable, size] of sizes.entries()) this.#push([size, variable])
  }

  update(variable: number, size: number): void {
    if (this.#sizes[variable] === size) return
    this.#sizes[variable] = size
    this.#push([size, variable])
  }

  take(): number | undefined {
    for (let top = this.#pop(); top; top = this.#pop()) {
      const [size, variable] = top
      if (this.#sizes[variable] !== size) continue
      this.#sizes[variable] = undefined
      return variable
    }
    return undefined
  }

  #push(item: readonly [number, number]): void {
    const heap = this.#heap
    let at = heap.push(item) - 1
    while (at > 0) {
      const above = (at - 1) >> 1
      if (!isBefore(item, heap[above]!)) break
      heap[at] = heap[above]!
      at = above
    }
    heap[at] = item
  }

  #pop(): readonly [number, number] | undefined {
    const heap = this.#heap
    const [top] = heap
    const item = heap.pop()
    if (!top || heap.length === 0) return top
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= heap.length) break
      if (below + 1 < heap.length && isBefore(heap[below + 1]!, heap[below]!)) below++
      if (!isBefore(heap[below]!, item!)) break
      heap[at] = heap[below]!
      at = below
    }
    heap[at] = item!
    return top
  }
}

function isBefore(a: readonly [number, number], b: readonly [number, number]): boolean {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1])
}
