import { DomainError, foldIn, UnsupportedError, type Key } from '@variate/core'
import type { ModelTypes } from '@variate/language'
import { climb } from '../bbvi/climb.ts'
import type { ClimbOptions, ClimbParams, ClimbState } from '../bbvi/climbState.ts'
import { reported } from '../bbvi/fitOf.ts'
import type { Setting } from '../bbvi/problemOf.ts'
import type { AmortizedFit } from './amortizedFit.ts'
import { fitOf } from './fitOf.ts'
import { progressTo } from './progressTo.ts'
import type { Applied } from './applied.ts'
import { boundIsNaN } from './checkNumbers.ts'
import { endedAs } from './endedAs.ts'
import { likenessOf } from './likeness.ts'
import { once } from './once.ts'
import { EpochLog } from './epochLog.ts'
import { evaluator } from './evaluator.ts'
import { examplesOf } from './examplesOf.ts'
import type { AmortizedFitOptions } from './options.ts'
import { toBytes, type AmortizedAscent, type Outlined } from './saved.ts'
import { outlinedOf } from './settingFor.ts'
import { climbStream, type StreamedClimb } from './stream/climbStream.ts'
import type { OpenedStreams } from './stream/openStreams.ts'

/** An ascent to be gone, from its start or from where one stopped. */
export interface ToAscend {
  readonly who: string
  readonly plate: string
  /** With all data; of a stream with those of a step, and its number of examples. */
  readonly setting: Setting
  /** Where examples come while it goes on. */
  readonly stream?: OpenedStreams | undefined
  readonly start: ClimbState
  readonly how: ClimbOptions & { readonly ends: readonly number[] }
  readonly key: Key
  readonly before: AmortizedAscent | undefined
  /** After how many epochs that are no better it ends. */
  readonly patience: number | undefined
  /** What is to be feared of it before it has begun. */
  readonly cautions: readonly string[]
  appliedTo(setting: Setting, given: Readonly<Record<string, unknown>>): Omit<Applied, 'params'>
  /** The model with an example that is made up. */
  outlineOf(outlined: Outlined): Omit<Applied, 'params'>
}

type Listened = Pick<AmortizedFitOptions<ModelTypes>, 'onProgress' | 'onCheckpoint' | 'worker' | 'signal'> & {
  readonly evaluation?: unknown
}

/** About how many draws tell of the bound at the end, of all examples together, and how many of each at most. */
const DRAWS = 4000

/** Goes the epochs of an ascent, which stops after each that is to be looked at. */
export async function ascend<Types extends ModelTypes>(
  {
    who,
    plate,
    setting,
    stream,
    start,
    how,
    key,
    before,
    patience,
    cautions: known,
    appliedTo,
    outlineOf,
  }: ToAscend,
  { onProgress, onCheckpoint, worker, signal, evaluation }: Listened,
): Promise<AmortizedFit<Types>> {
  const { ends } = how
  if (patience !== undefined && evaluation === undefined)
    throw new DomainError(
      `${who}: patience is for an evaluation set, by whose ELBO epochs are compared: give one to fit`,
    )
  if (stream && worker)
    throw new UnsupportedError(
      `${who}: a worker is given all data at its start, and a stream gives them while the steps go on: leave one of them out`,
    )
  const { name } = setting.model.program
  const log = new EpochLog(ends, patience, before)
  const { told } = log
  /** What is to be feared, though the steps go on. */
  const cautions = new Set(known)
  const outlined = outlinedOf(setting, plate)
  const likeness = once(() => likenessOf(outlineOf(outlined)))
  const count = setting.model.sizes.get(plate)!
  const applied = { ...appliedTo(stream?.setting ?? setting, outlined.given), params: start.params }
  const held =
    evaluation === undefined
      ? undefined
      : examplesOf(applied, evaluation, `${who}: evaluation`, foldIn(key, 4))
  const evaluate = held && evaluator(applied, ends.length)

  /** The bound of all data that are at hand. */
  const boundOf = async (own: Applied): Promise<AmortizedAscent['bound']> => {
    const { values, present, sizes } = own.setting.model
    const data = { count: sizes.get(plate)!, values, present }
    const draws = Math.max(2, Math.ceil(DRAWS / data.count))
    const { elbo, standardError, isNaNAt } = await evaluator(own)(data, foldIn(key, 2), draws)
    if (isNaNAt !== undefined) cautions.add(`elbo: ${boundIsNaN(isNaNAt)}`)
    return { elbo, standardError }
  }
  const paramsAt = (state: ClimbState): ClimbParams =>
    reported(setting, how, { state, termination: { kind: 'limit' } })
  const onStop = async (step: number, state: ClimbState): Promise<boolean> => {
    let isOver = false
    const params = paramsAt(state)
    if (held && evaluate) {
      const { elbo, isNaNAt } = await evaluate(held, foldIn(key, 5), 2, params)
      isOver = log.evaluated(elbo, params)
      if (isNaNAt !== undefined)
        cautions.add(`evaluation after epoch ${log.epochs.length}: ${boundIsNaN(isNaNAt)}`)
    } else log.catchUp(step)
    if (onCheckpoint) {
      const termination = isOver ? ({ kind: 'converged' } as const) : ({ kind: 'aborted', step } as const)
      const bound = log.boundBySteps(step)
      await onCheckpoint(bytesOf({ ...ascentOf(state, params, termination), bound }))
    }
    return isOver
  }
  const ascentOf = (
    state: ClimbState,
    params: ClimbParams,
    termination: AmortizedAscent['termination'],
  ): Omit<AmortizedAscent, 'bound' | 'likeness'> => ({
    key,
    state,
    params: log.bestParams ?? params,
    measured: told.measured,
    epochs: log.epochs,
    ...(log.bestParams ? { bestParams: log.bestParams } : {}),
    outlined,
    count,
    termination,
    warnings: [],
  })
  const bytesOf = (ascent: Omit<AmortizedAscent, 'likeness'>): Uint8Array =>
    toBytes(name, { ...ascent, likeness: likeness()(ascent.params) })
  const options: ClimbOptions = {
    ...how,
    worker,
    signal,
    ...(held || onCheckpoint ? { stops: ends, onStop } : {}),
    onOutputs: told.add,
    onProgress: onProgress && progressTo(onProgress, told, how),
  }
  const from = before?.state ?? start
  const go = (): Promise<StreamedClimb> =>
    stream
      ? climbStream(setting, from, options, foldIn(key, 1), stream.steps)
      : climb(setting, from, options, foldIn(key, 1), told.measured.objective)
  const isOver = before?.termination.kind === 'converged' && log.isOver
  const climbed = isOver ? ({ state: before.state, termination: { kind: 'converged' } } as const) : await go()
  log.catchUp(told.count)
  if ('unclosed' in climbed) for (const why of climbed.unclosed ?? []) cautions.add(why)
  const { termination, warnings: failures } =
    stream && climbed.failed
      ? endedAs(await stream.settingOf(climbed.failed), plate, { taken: new Map() }, climbed, key)
      : endedAs(setting, plate, how, climbed, key)
  const params = log.bestParams ?? reported(setting, how, climbed)
  const final = { ...applied, params }
  const bound = stream && told.count > 0 ? log.boundBySteps(told.count) : await boundOf(final)
  if (stream && Number.isNaN(bound.elbo))
    cautions.add('elbo: it is that of the steps of one epoch, of which one gave no number')
  const warnings = [...failures, ...cautions]
  const ascent = { ...ascentOf(climbed.state, params, termination), bound, warnings }
  const { epochs } = log
  return fitOf<Types>(final, { bound, epochs, termination, warnings, toBytes: () => bytesOf(ascent) }, who)
}
