import { DomainError, ShapeError } from '@variate/core'
import { shown } from '@variate/core/internal'
import { checkedPart, type PlainData } from './checkedPart.ts'
import { orAborted } from './orAborted.ts'
import type { StreamedData } from './streamedData.ts'

type Iteration = AsyncIterator<unknown> | Iterator<unknown>

/** Reads examples of one site, pass after pass: the parts of a stream as if they were one list without an end. */
export class PartReader {
  readonly #stream: StreamedData
  readonly #who: string
  #parts: Iteration | undefined
  #pass: number
  /** How many examples of the pass are in the parts that came so far. */
  #come = 0
  #part: PlainData | undefined
  /** How many examples of the part are taken. */
  #taken = 0
  #event: readonly number[] | undefined
  /** Whether the stream was asked for a part that has not come. */
  #isAsked = false
  #isClosed = false

  /** @param pass that it begins with. @param who names the site in errors. */
  constructor(stream: StreamedData, pass: number, who: string) {
    this.#stream = stream
    this.#pass = pass
    this.#who = who
  }

  /** Passes over so many examples. */
  async skip(count: number): Promise<void> {
    for (let left = count; left > 0;) left -= (await this.#next(left)).rows
  }

  /**
   * The next examples.
   *
   * @returns their numbers, and the shape of one.
   * @throws DomainError for a value that is missing, NaN or out of range, which names the example, another number of examples in a
   *   pass than was said, and a stream that fails; ShapeError for examples of another shape than those before.
   */
  async take(count: number): Promise<{ readonly data: Float64Array; readonly event: readonly number[] }> {
    let data = new Float64Array()
    let at = 0
    for (let left = count; left > 0;) {
      const { numbers, rows } = await this.#next(left)
      if (at === 0) data = new Float64Array((numbers.length / rows) * count)
      data.set(numbers, at)
      at += numbers.length
      left -= rows
    }
    return { data, event: this.#event! }
  }

  /**
   * Tells the stream that nothing more is asked for, once.
   *
   * @param signal ends the wait for a stream that has been asked for a part: a generator closes after it has given that.
   * @returns why it cannot be closed, if so.
   */
  async close(signal?: AbortSignal): Promise<string | undefined> {
    const parts = this.#parts
    this.#isClosed = true
    this.#parts = undefined
    try {
      const closed = Promise.resolve(parts?.return?.())
      await (this.#isAsked ? orAborted(closed, signal) : closed)
      return undefined
    } catch (error) {
      return `${this.#place()} cannot be closed: ${reasonOf(error)}`
    }
  }

  /** Some examples that are there, so many at most. */
  async #next(most: number): Promise<{ readonly numbers: Float64Array; readonly rows: number }> {
    while (!this.#part || this.#taken === this.#part.shape[0]) await this.#read()
    const { data, shape } = this.#part
    const size = data.length / shape[0]!
    const rows = Math.min(most, shape[0]! - this.#taken)
    const numbers = data.subarray(this.#taken * size, (this.#taken + rows) * size)
    this.#taken += rows
    return { numbers, rows }
  }

  async #read(): Promise<void> {
    const { size } = this.#stream
    if (this.#isClosed) throw new DomainError(`${this.#place()} is closed`)
    try {
      this.#parts ??= iterate(this.#stream.open(this.#pass))
    } catch (error) {
      throw this.#failed(error)
    }
    let next: IteratorResult<unknown>
    this.#isAsked = true
    try {
      next = await this.#parts.next()
    } catch (error) {
      throw this.#failed(error)
    } finally {
      this.#isAsked = false
    }
    if (!next.done) {
      this.#part = this.#checked(next.value)
      this.#taken = 0
      this.#come += this.#part.shape[0]!
      if (this.#come > size) throw this.#uneven(`more than ${size} examples`)
      return
    }
    if (this.#come < size) throw this.#uneven(this.#come === 0 ? 'no examples' : `${this.#come} examples`)
    this.#parts = undefined
    this.#part = undefined
    this.#pass++
    this.#come = 0
  }

  #checked(part: unknown): PlainData {
    const first = this.#come
    const plain = checkedPart(part, { first, range: this.#stream.range, who: this.#place() })
    const event = plain.shape.slice(1)
    if (plain.shape[0] === 0) return plain
    this.#event ??= event
    if (String(event) !== String(this.#event))
      throw new ShapeError(
        `${this.#place()}: example ${first} has shape [${event}], those before have [${this.#event}]`,
      )
    return plain
  }

  #place(): string {
    return `${this.#who}: pass ${this.#pass}`
  }

  #uneven(got: string): DomainError {
    const hint =
      this.#come === 0 && this.#pass > 0
        ? ': a pass begins anew, with another iterable'
        : ': size is how many each pass gives'
    return new DomainError(`${this.#place()} gave ${got}, expected ${this.#stream.size}${hint}`)
  }

  #failed(cause: unknown): DomainError {
    return new DomainError(`${this.#place()} failed after ${this.#come} examples: ${reasonOf(cause)}`, {
      cause,
    })
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

function iterate(parts: unknown): Iteration {
  const own = parts as Partial<AsyncIterable<unknown> & Iterable<unknown>> | null | undefined
  const iteration = own?.[Symbol.asyncIterator]?.() ?? own?.[Symbol.iterator]?.()
  if (iteration) return iteration
  throw new DomainError(`open gave ${shown(parts)}, expected an iterable of arrays`)
}
