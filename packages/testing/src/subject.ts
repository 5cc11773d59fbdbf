import type { Factory } from './distribution.ts'
import type { Case } from './oracle/parseOracle.ts'

/** A distribution under test. */
export interface Subject {
  readonly name: string
  readonly make: Factory
  readonly cases: readonly Case[]
  /** Arguments that say how many or how long, and stay plain numbers: neither tensors nor batches. */
  readonly structural: ReadonlySet<number>
  /** Whether values are angles, whose mean is a direction and whose variance is 1 − E cos of the angle to it. */
  readonly isCircular?: boolean
  /** Whether some values of a density have a probability, and draws rest there. */
  readonly hasAtoms?: boolean
  /** How many numbers each law of samplers draws for all cases together, roughly. */
  readonly draws: number
}
