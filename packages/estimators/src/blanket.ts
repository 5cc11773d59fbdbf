import type { Factor, Reader } from './problem.ts'

/** What an element of a factor has a part in, and the plates along which that is one element only. */
export interface Blanket {
  /** Terms of log p. */
  readonly terms: readonly Reader[]
  /** Factors of q, the factor itself among them. */
  readonly factors: readonly Reader[]
}

/**
 * What the draw of a factor has a part in: its own log q and that of all factors that are drawn with it, themselves or through
 * others, and the terms of log p that read any of these. All else is independent of the draw, given what was drawn before it:
 * its product with the score has mean 0.
 *
 * @see Ranganath, Gerrish and Blei, Black Box Variational Inference (AISTATS 2014), section 3.1; Schulman, Heess, Weber and Abbeel,
 *   Gradient Estimation Using Stochastic Computation Graphs (NeurIPS 2015), theorem 1.
 */
export function blanketOf(factor: Factor, all: readonly Factor[]): Blanket {
  const byName = new Map(all.map((own) => [own.name, own]))
  const below = new Map([[factor.name, factor.plates]])
  const queue = [factor.name]
  for (const name of queue)
    for (const { name: reader, aligned } of byName.get(name)!.factors)
      if (add(below, reader, common(below.get(name)!, aligned))) queue.push(reader)
  const terms = new Map<string, readonly string[]>()
  for (const [name, along] of below)
    for (const term of byName.get(name)!.terms) add(terms, term.name, common(along, term.aligned))
  return { terms: readers(terms), factors: readers(below) }
}

/** Whether something is read in one more way than was known. */
function add(known: Map<string, readonly string[]>, name: string, aligned: readonly string[]): boolean {
  const before = known.get(name)
  const now = before ? common(before, aligned) : aligned
  known.set(name, now)
  return now.length !== before?.length
}

function common(a: readonly string[], b: readonly string[]): readonly string[] {
  return a.filter((plate) => b.includes(plate))
}

function readers(all: ReadonlyMap<string, readonly string[]>): readonly Reader[] {
  return [...all].map(([name, aligned]) => ({ name, aligned }))
}
