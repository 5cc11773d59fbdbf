import type { Real } from '@variate/core/ops'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Constraint } from './constraint.ts'
import { anyEntry } from './anyEntry.ts'

interface EntrywiseSet {
  readonly name: string
  readonly description: string
  /** 1 for vectors, 2 for matrices. */
  readonly eventRank: 1 | 2
  readonly contains: (entry: number) => boolean
  /** Which entries are outside; none if left out. */
  readonly outside?: (x: Tensor) => Tensor
  readonly inside: Real
}

/** Vectors or matrices whose entries lie in a set of numbers. */
export function entrywise({
  name,
  description,
  eventRank,
  contains,
  outside,
  inside,
}: EntrywiseSet): Constraint {
  return Object.freeze({
    name,
    description,
    eventRank,
    isDiscrete: false,
    violation: (event: ArrayLike<number>, shape: readonly number[]) => {
      const at = Array.from(event).findIndex((entry) => !contains(entry))
      return at < 0 ? undefined : entryText(event, at, shape)
    },
    outside: (x: Tensor) => {
      if (!outside) return undefined
      const found = anyEntry(outside(x))
      return eventRank === 1 ? found : anyEntry(found)
    },
    inside: () => inside,
  })
}

/** An entry of a vector or matrix as errors name it: `-1 in entry 2`, `0 in row 1, column 1`. */
export function entryText(event: ArrayLike<number>, at: number, shape: readonly number[]): string {
  const width = shape.at(-1)!
  return shape.length < 2
    ? `${event[at]} in entry ${at}`
    : `${event[at]} in row ${Math.floor(at / width)}, column ${at % width}`
}
