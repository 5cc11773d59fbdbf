import { DomainError, UnsupportedError, type Key } from '@variate/core'
import { placeOf, type Declaration, type Program } from '@variate/language/internal'
import { isDrawnData } from '../../bbvi/drawnData.ts'
import type { Setting } from '../../bbvi/problemOf.ts'
import { numbersOf } from '../chunks.ts'
import { settingFor, type Chosen } from '../settingFor.ts'
import type { StreamedSteps } from './climbStream.ts'
import { StepSource, type Rows } from './stepSource.ts'
import { isStreamedData, type StreamedData } from './streamedData.ts'

type Given = Readonly<Record<string, unknown>>

/** Data of which all examples come in streams. */
export interface StreamsOfData {
  readonly streams: Readonly<Record<string, StreamedData>>
  /** How many examples each pass gives. */
  readonly size: number
  /** What is the same for all examples. */
  readonly given: Given
}

/**
 * The streams among data, if there are any.
 *
 * @throws DomainError for streams of different sizes; UnsupportedError for data of single examples beside that are no stream, and a
 *   stream of what is not of single examples.
 */
export function streamsIn(
  program: Program,
  plate: string,
  data: Given,
  who: string,
): StreamsOfData | undefined {
  const all = Object.entries(data).filter(([, own]) => own !== undefined)
  const streams = all.filter((entry): entry is [string, StreamedData] => isStreamedData(entry[1]))
  const [first] = streams
  if (!first) return undefined
  const siteOf = (name: string): Declaration | undefined =>
    program.declarations.find((site) => site.name === name)
  const size = first[1].size
  for (const [name, own] of all) {
    const site = siteOf(name)
    const isOwn = site?.plates[0] === plate
    const where = `${who}: ${site ? placeOf(site) : `"${name}"`}`
    if (!isStreamedData(own)) {
      if (!isOwn) continue
      const hint = isDrawnData(own) ? 'streamed(open, { size, draw })' : 'streamed(open, { size })'
      throw new UnsupportedError(
        `${where} is given whole, and "${first[0]}" in a stream: give both in streams, such as ${hint}, whose examples come in the same order`,
      )
    }
    if (!isOwn) throw new UnsupportedError(`${where} has no value for each example: give it whole`)
    if (own.size !== size)
      throw new DomainError(
        `${where} is a stream of ${own.size} examples, "${first[0]}" of ${size}: they go along together`,
      )
  }
  return {
    streams: Object.fromEntries(streams),
    size,
    given: Object.fromEntries(all.filter(([, own]) => !isStreamedData(own))),
  }
}

/** A fit's setting with the examples of its first step, and what goes on from there. */
export interface OpenedStreams {
  readonly setting: Setting
  /** The same with as many examples as each pass gives. */
  readonly whole: Setting
  readonly steps: StreamedSteps
  /** The setting with the examples of some step. */
  settingOf(rows: Rows): Promise<Setting>
}

/** About as many numbers are in the parts that steps go by, and as many steps at most. */
const NUMBERS = 2 ** 21
const STEPS = 64

interface Opening {
  readonly program: Program
  readonly plate: string
  readonly chosen: Chosen
  /** What data that are drawn afresh are drawn with, for all that is not a step. */
  readonly key: Key
  readonly batch: number
  /** How many steps were done before, of how many. */
  readonly from: number
  readonly steps: number
  readonly who: string
}

/**
 * Reads what the first step takes. Whoever has it closes its source.
 *
 * @throws DomainError and ShapeError for examples that do not fit the model.
 */
export async function openStreams(all: StreamsOfData, opening: Opening): Promise<OpenedStreams> {
  const { streams, size, given } = all
  const { program, batch, from, steps, who } = opening
  const done = Math.min(from, steps - 1)
  const source = new StepSource({ streams, size, from: done * batch, program, given, who })
  try {
    return await begun(source, all, opening)
  } catch (error) {
    await source.close()
    throw error
  }
}

async function begun(
  source: StepSource,
  { streams, size, given }: StreamsOfData,
  { program, plate, chosen, key, batch, from, steps, who }: Opening,
): Promise<OpenedStreams> {
  const settingOf = (rows: Rows): Promise<Setting> => {
    const data = Object.entries(rows).map(([name, values]) => {
      const { draw } = streams[name]!
      return [name, draw ? { kind: 'resampled', values, draw } : values] as const
    })
    return settingFor(program, chosen, { ...given, ...Object.fromEntries(data) }, key, who)
  }
  const setting = await settingOf(await source.peek(batch))
  const { model } = setting
  const most = Math.max(1, Math.min(STEPS, steps, Math.floor(NUMBERS / (numbersOf(model, plate) * batch))))
  const others = Object.entries(model.values).filter(([name]) => !Object.hasOwn(streams, name))
  return {
    setting,
    whole: { ...setting, model: { ...model, sizes: new Map([...model.sizes, [plate, size]]) } },
    steps: { source, batch, most, given: Object.fromEntries(others), from },
    settingOf,
  }
}
