import { DomainError } from '@variate/core'

/** What a program goes through: all of it, unless some is switched off, for tests and to find out what does what. */
export interface Passes {
  /** What constants alone give is a constant, and constants are part of the operations that take them. */
  readonly folding: boolean
  /** An operation that leaves its input as it is, such as x·1 or a transposition that moves no axis, is that input; others are as exact and cheaper. */
  readonly algebra: boolean
  /** Equal operations are one, and loops of the same steps. */
  readonly commonSubexpressions: boolean
  /** What no result needs is left out; steps of loops never have it. */
  readonly deadCode: boolean
  /** Small tensors are written out, each element a value of its own. */
  readonly unrolling: boolean
  /** Tensors in another shape lie where the others do. */
  readonly views: boolean
  /** Loops compute several operations for an element; else each writes the tensor of one to memory. */
  readonly fusion: boolean
  /** What is made of each element of a product of matrices is made of it before it is stored. */
  readonly products: boolean
  /** Loops that read of each other only the row that they have come to are gone through together, block by block. */
  readonly blocking: boolean
  /** Memory of what is not read any more is used again. */
  readonly reuse: boolean
}

/** The passes in the order in which a program goes through them. */
export const PASSES: readonly (keyof Passes)[] = [
  'folding',
  'algebra',
  'commonSubexpressions',
  'deadCode',
  'unrolling',
  'views',
  'fusion',
  'products',
  'blocking',
  'reuse',
]

export const ALL_PASSES: Passes = {
  folding: true,
  algebra: true,
  commonSubexpressions: true,
  deadCode: true,
  unrolling: true,
  views: true,
  fusion: true,
  products: true,
  blocking: true,
  reuse: true,
}

/**
 * All passes but those that are switched off.
 *
 * @param who names the function in errors.
 * @throws DomainError for a name that is no pass's.
 */
export function passesOf(given: Partial<Passes> = {}, who = 'compile'): Passes {
  const unknown = Object.keys(given).find((name) => !(name in ALL_PASSES))
  if (unknown === undefined) return { ...ALL_PASSES, ...given }
  throw new DomainError(`${who}: passes are ${PASSES.join(', ')}, got '${unknown}'`)
}

/** How much there is before a pass and after it: operations, from `fusion` on pieces of code, and bytes of memory for `reuse`. */
export interface PassCount {
  readonly pass: keyof Passes
  readonly before: number
  readonly after: number
}
