import type { Key } from '@variate/core'
import type { Program } from '@variate/language/internal'
import type { Setting } from '../bbvi/problemOf.ts'
import { settingFor, type Chosen } from './settingFor.ts'
import type { Steps } from './stepsFor.ts'
import { openStreams, streamsIn, type OpenedStreams } from './stream/openStreams.ts'

interface Fitting {
  readonly chosen: Chosen
  readonly plate: string
  /** What data that are drawn afresh are drawn with, for all that is not a step. */
  readonly key: Key
  /** How many steps were done before. */
  readonly from: number
  /** What the steps of so many examples are. */
  howOf(count: number): Steps
  readonly who: string
}

/** The model and q with the data of a fit: all of them, or of a stream what its first step takes. */
export interface FitData {
  readonly setting: Setting
  readonly stream?: OpenedStreams
}

/**
 * Binds the data of a fit. A stream is read as far as its first step goes: whoever has it closes its source.
 *
 * @throws DomainError and ShapeError for data that do not fit; UnsupportedError for streams beside data that are none.
 */
export async function dataFor(
  program: Program,
  data: Readonly<Record<string, unknown>>,
  { chosen, plate, key, from, howOf, who }: Fitting,
): Promise<FitData> {
  const streams = streamsIn(program, plate, data, who)
  if (!streams) return { setting: await settingFor(program, chosen, data, key, who) }
  const { taken, steps } = howOf(streams.size)
  const batch = taken.get(plate) ?? streams.size
  const stream = await openStreams(streams, { chosen, key, who, program, plate, batch, from, steps })
  return { setting: stream.whole, stream }
}
