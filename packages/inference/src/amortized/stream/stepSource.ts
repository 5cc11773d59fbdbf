import { NdArray, VariateError } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { bind, type Program } from '@variate/language/internal'
import { joined } from '../chunks.ts'
import { PartReader } from './partReader.ts'
import type { StreamedData } from './streamedData.ts'

/** Arrays of examples by the names of their sites, [examples, …]. */
export type Rows = Readonly<Record<string, NdArray>>

export interface StepSourceOptions {
  readonly streams: Readonly<Record<string, StreamedData>>
  /** How many examples each pass gives. */
  readonly size: number
  /** How many of them, in all passes, are taken already. */
  readonly from: number
  readonly program: Program
  /** What is the same for all examples. */
  readonly given: Readonly<Record<string, unknown>>
  readonly who: string
}

/** The examples of all steps in their order: passes follow each other, and the streams of all sites go along together. */
export class StepSource {
  readonly #options: StepSourceOptions
  readonly #readers: ReadonlyMap<string, PartReader>
  /** How many examples are taken, in all passes. */
  #at: number
  #isBegun = false
  /** What has been looked at, and is not taken yet. */
  #ahead: Rows | undefined

  constructor(options: StepSourceOptions) {
    this.#options = options
    this.#at = options.from
    const pass = Math.floor(options.from / options.size)
    this.#readers = new Map(
      Object.entries(options.streams).map(([name, stream]) => [
        name,
        new PartReader(stream, pass, `${options.who}: "${name}"`),
      ]),
    )
  }

  /** The examples that come next, without taking them: checked as those that are. */
  async peek(count: number): Promise<Rows> {
    this.#ahead = await this.#read(count)
    return this.#checked(this.#ahead, this.#at)
  }

  /**
   * The next examples, checked as data are: at least those that were looked at. Those that are drawn afresh are what they are drawn of.
   *
   * @throws DomainError and ShapeError for what does not fit the model, which name pass and example.
   */
  async take(count: number): Promise<Rows> {
    const first = this.#at
    this.#at += count
    const ahead = this.#ahead
    this.#ahead = undefined
    const seen = ahead ? Object.values(ahead)[0]!.shape[0]! : 0
    const more = count > seen ? await this.#read(count - seen) : undefined
    const rows =
      ahead && more
        ? Object.fromEntries(Object.keys(ahead).map((name) => [name, joined([ahead[name]!, more[name]!])]))
        : (ahead ?? more)!
    return this.#checked(rows, first)
  }

  /**
   * Tells the streams that nothing more is asked for, once.
   *
   * @param signal ends the wait for streams that have been asked for more.
   * @returns why some cannot be closed.
   */
  async close(signal?: AbortSignal): Promise<readonly string[]> {
    const all = await Promise.all([...this.#readers.values()].map((reader) => reader.close(signal)))
    return all.filter((why) => why !== undefined)
  }

  async #read(count: number): Promise<Rows> {
    const { from, size } = this.#options
    const isFirst = !this.#isBegun
    this.#isBegun = true
    const read = async ([name, reader]: [string, PartReader]): Promise<[string, NdArray]> => {
      if (isFirst) await reader.skip(from % size)
      const { data, event } = await reader.take(count)
      return [name, new NdArray(data, [count, ...event])]
    }
    return Object.fromEntries(await Promise.all([...this.#readers].map(read)))
  }

  #checked(rows: Rows, first: number): Rows {
    const { streams, program, given, who, size } = this.#options
    const own = Object.fromEntries(Object.entries(rows).filter(([name]) => !streams[name]!.draw))
    if (Object.keys(own).length === 0) return rows
    try {
      const { values } = bind(program, { ...given, ...own }, { who, needed: () => false })
      const typed = Object.keys(own).map((name) => [name, values[name] as NdArray] as const)
      return { ...rows, ...Object.fromEntries(typed) }
    } catch (error) {
      if (!(error instanceof VariateError)) throw error
      const place = `of examples from ${first % size} of pass ${Math.floor(first / size)} on`
      throw new (error.constructor as new (message: string, options: ErrorOptions) => VariateError)(
        `${error.message} (${place})`,
        { cause: error },
      )
    }
  }
}

/** Examples as those of steps, [steps, batch, …]: of as many steps as there are at most, zeros after the last. */
export function ofSteps(rows: Rows, batch: number, most: number): Rows {
  return Object.fromEntries(
    Object.entries(rows).map(([name, { data, shape }]) => {
      const own = [most, batch, ...shape.slice(1)]
      if (data.length === sizeOf(own)) return [name, new NdArray(data, own)]
      const all = new (data.constructor as Float64ArrayConstructor)(sizeOf(own))
      all.set(data as Float64Array)
      return [name, new NdArray(all, own)]
    }),
  )
}
