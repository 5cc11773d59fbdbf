import type { Factor, Reader } from './problem.ts'

/** For each factor that something depends on the plates along which one of its elements depends on all of the factor's. */
export type Reads = ReadonlyMap<string, readonly string[]>

/**
 * The factors of q whose draws decide what a term of log p is, or log q of a factor: those that it reads, and those that these are
 * drawn with, themselves or through others.
 *
 * @param of how a factor is read by it, if it is.
 */
export function readsOf(all: readonly Factor[], of: (factor: Factor) => Reader | undefined): Reads {
  const found = new Map<string, readonly string[]>()
  const add = (factor: Factor, whole: readonly string[]): boolean => {
    const before = found.get(factor.name)
    const now = factor.plates.filter((plate) => before?.includes(plate) || whole.includes(plate))
    found.set(factor.name, now)
    return now.length !== before?.length
  }
  const others = ({ plates }: Factor, aligned: readonly string[]): readonly string[] =>
    plates.filter((plate) => !aligned.includes(plate))
  for (const factor of all) {
    const reader = of(factor)
    if (reader) add(factor, others(factor, reader.aligned))
  }
  // Of what is read whole along a plate all elements are drawn with their own of what they read.
  let changes = true
  while (changes) {
    changes = false
    for (const factor of all)
      for (const { name, aligned } of factor.factors) {
        const whole = found.get(name)
        if (whole && add(factor, [...others(factor, aligned), ...whole])) changes = true
      }
  }
  return found
}
