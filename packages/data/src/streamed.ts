import { DomainError } from '@variate/core'
import type { Resampled, Resampling } from './resampled.ts'

/** Arrays of examples, an example a row, that follow each other: of any numbers of rows. */
export type Parts<Part = unknown> = AsyncIterable<Part> | Iterable<Part>

export interface StreamedOptions {
  /** How many examples each pass gives. */
  readonly size: number
  /** What makes data of them in each step, as for `resampled`; they are as they come, if not given. */
  readonly draw?: Resampling
}

/** Data that come while a fit goes on. */
export interface Streamed<Part = unknown> {
  readonly kind: 'streamed'
  readonly size: number
  /** Begins a pass through all examples. @param pass its number, from 0 on. */
  open(pass: number): Parts<Part>
  readonly draw?: Resampled['draw']
  /** What the least and the greatest value may be. */
  readonly range?: readonly [low: number, high: number]
}

/**
 * Data that are larger than memory: a fit reads them in parts while it goes on, once for each epoch, in the order in which they come.
 *
 * @param open what begins a pass, such as an async generator function that reads files: it is called for each epoch, with its number
 *   from 0 on, once more where the last step has examples left to take, and must give all examples each time. It may put them in
 *   another order for each, which should depend on the number alone: a fit that goes on from a file reads the same pass again.
 * @param options how many examples there are, and how they are drawn afresh in each step.
 * @throws DomainError for what is no function, and a size that is no whole number ≥ 1.
 *
 * @example
 * ```ts
 * import { streamed } from '@variate/data'
 *
 * async function* lines() {
 *   yield [[1, 2], [3, 4]]
 *   yield [[5, 6]]
 * }
 * streamed(lines, { size: 3 }).size // => 3
 * streamed(lines, { size: 0 }) // => throws 'size must be a whole number ≥ 1, got 0'
 * ```
 */
export function streamed<Part>(
  open: (pass: number) => Parts<Part>,
  { size, draw }: StreamedOptions,
): Streamed<Part> {
  if (typeof open !== 'function')
    throw new DomainError(
      `streamed: expected a function that begins a pass, got a value of type ${typeof open}: an iterable can be read only once`,
    )
  if (!Number.isInteger(size) || size < 1)
    throw new DomainError(`streamed: size must be a whole number ≥ 1, got ${String(size)}`)
  const drawn = draw && { draw, ...(draw.range ? { range: draw.range } : {}) }
  return { kind: 'streamed', size, open, ...drawn }
}
