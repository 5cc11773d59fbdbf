import type { Engine } from '@variate/compile'
import type { DigitFiles } from './digitFiles.ts'

/** What a process is to measure. */
export interface Asked extends DigitFiles {
  /** What is estimated to be fastest of what is installed, if not given. */
  readonly engine?: Engine
  /** Epochs of a short fit and of a long one: what is done once drops out of their difference. */
  readonly lengths: readonly [short: number, long: number]
  /** Draws for each digit by which the likelihood is estimated; none for 0. */
  readonly particles: number
}

/** What it took. */
export interface Took {
  /** An epoch more, in seconds by the clock, and of all threads together. */
  readonly epoch: number
  readonly processor: number
  /** Seconds from no program to a fit of one epoch. */
  readonly start: number
  /** Seconds of the likelihood of the test set. */
  readonly likelihood: number
  /** The most memory before that, in bytes. */
  readonly peak: number
}
