import { DomainError, NdArray, ShapeError } from '@variate/core'
import { indicesOf, shown } from '@variate/core/internal'
import { plainData } from '@variate/language/internal'
import { orAborted } from './orAborted.ts'
import type { StreamedData } from './streamedData.ts'

type PlainData = ReturnType<typeof plainData>
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
    const nan = rowOfNaN(part)
    if (nan >= 0) throw new DomainError(`${this.#place()}: example ${first + nan} has NaN`)
    const plain = plainData(part, `${this.#place()}: examples from ${first} on`)
    const { data, shape, missing } = plain
    const event = shape.slice(1)
    if (shape.length === 0)
      throw new ShapeError(`${this.#place()}: expected arrays of examples, got a number after ${first}`)
    const size = data.length / Math.max(1, shape[0]!)
    const [low, high] = this.#stream.range ?? [-Infinity, Infinity]
    const wrong = missing ? missing.indexOf(1) : this.#stream.range ? outside(data, low, high) : -1
    if (wrong >= 0) {
      const at = indicesOf(wrong % size, event)
      const got = missing ? 'is missing' : `is ${data[wrong]}, expected numbers from ${low} to ${high}`
      throw new DomainError(`${this.#place()}: example ${first + Math.floor(wrong / size)}: [${at}] ${got}`)
    }
    if (shape[0] === 0) return plain
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
  const begin = own?.[Symbol.asyncIterator] ?? own?.[Symbol.iterator]
  if (!begin) throw new DomainError(`open gave ${shown(parts)}, expected an iterable of arrays`)
  return begin.call(parts)
}

/** The first row in which there is NaN, or −1. */
function rowOfNaN(part: unknown): number {
  if (part instanceof NdArray) {
    const { data, shape } = part
    if (!(data instanceof Float64Array || data instanceof Float32Array)) return -1
    for (let at = 0; at < data.length; at++)
      if (Number.isNaN(data[at]!)) return Math.floor(at / (data.length / shape[0]!))
    return -1
  }
  return Array.isArray(part)
    ? part.findIndex((row) => [row].flat(Infinity).some((x) => typeof x === 'number' && Number.isNaN(x)))
    : -1
}

/** Where there is a number out of a range first, or −1: a loop, for parts are long. */
function outside(data: Float64Array, low: number, high: number): number {
  for (let at = 0; at < data.length; at++) if (!(data[at]! >= low && data[at]! <= high)) return at
  return -1
}
