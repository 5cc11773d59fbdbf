import { DomainError, foldIn, type Key } from '@variate/core'
import type { ModelTypes } from '@variate/language'
import { climb } from '../bbvi/climb.ts'
import type { ClimbOptions, ClimbParams, ClimbState } from '../bbvi/climbState.ts'
import { reported } from '../bbvi/fitOf.ts'
import type { Setting } from '../bbvi/problemOf.ts'
import type { AmortizedFit } from './amortizedFit.ts'
import { fitOf } from './fitOf.ts'
import { progressOf } from './amortizedProgress.ts'
import type { Applied } from './applied.ts'
import { endedAs } from './endedAs.ts'
import { Told, type EpochRecord } from './told.ts'
import { evaluator } from './evaluator.ts'
import { examplesOf } from './examplesOf.ts'
import type { AmortizedFitOptions } from './options.ts'
import { toBytes, type AmortizedAscent } from './saved.ts'
import { outlineOf } from './settingFor.ts'

/** An ascent to be gone, from its start or from where one stopped. */
export interface ToAscend {
  readonly who: string
  readonly plate: string
  readonly setting: Setting
  readonly start: ClimbState
  readonly how: ClimbOptions & { readonly ends: readonly number[] }
  readonly key: Key
  readonly before: AmortizedAscent | undefined
  /** After how many epochs that are no better it ends. */
  readonly patience: number | undefined
  appliedTo(setting: Setting, given: Readonly<Record<string, unknown>>): Omit<Applied, 'params'>
}

type Listened = Pick<AmortizedFitOptions<ModelTypes>, 'onProgress' | 'onCheckpoint' | 'worker' | 'signal'> & {
  readonly evaluation?: unknown
}

/** About how many draws tell of the bound at the end, of all examples together, and how many of each at most. */
const DRAWS = 4000

/** Goes the epochs of an ascent, which stops after each that is to be looked at. */
export async function ascend<Types extends ModelTypes>(
  { who, plate, setting, start, how, key, before, patience, appliedTo }: ToAscend,
  { onProgress, onCheckpoint, worker, signal, evaluation }: Listened,
): Promise<AmortizedFit<Types>> {
  const { ends, steps } = how
  if (patience !== undefined && evaluation === undefined)
    throw new DomainError(
      `${who}: patience is for an evaluation set, by whose ELBO epochs are compared: give one to fit`,
    )
  const { name } = setting.model.program
  const none = new Float64Array()
  const told = new Told(before?.measured ?? { objective: none, reconstruction: none, kl: none })
  const epochs: EpochRecord[] = [...(before?.epochs ?? [])]
  let bestParams = before?.bestParams
  const outlined = outlineOf(setting, plate)
  const count = setting.model.sizes.get(plate)!
  const applied = { ...appliedTo(setting, outlined.given), params: start.params }
  const held =
    evaluation === undefined
      ? undefined
      : examplesOf(applied, evaluation, `${who}: evaluation`, foldIn(key, 4))
  const evaluate = held && evaluator(applied, ends.length)

  const paramsAt = (state: ClimbState): ClimbParams =>
    reported(setting, how, { state, termination: { kind: 'limit' } })
  const recordTo = (epoch: number): Omit<EpochRecord, 'evaluation'> => ({
    epoch: epoch + 1,
    step: ends[epoch]!,
    ...told.mean(ends[epoch - 1] ?? 0, ends[epoch]!),
  })
  /** Epochs that have ended and are not looked at yet. */
  const catchUp = (done: number): void => {
    while (epochs.length < ends.length && ends[epochs.length]! <= done) epochs.push(recordTo(epochs.length))
  }
  const onStop = async (step: number, state: ClimbState): Promise<boolean> => {
    let isOver = false
    if (held && evaluate) {
      const params = paramsAt(state)
      const { elbo } = await evaluate(held, foldIn(key, 5), 2, params)
      const best = Math.max(...epochs.map((epoch) => epoch.evaluation ?? -Infinity), -Infinity)
      epochs.push({ ...recordTo(epochs.length), evaluation: elbo })
      if (patience !== undefined && elbo > best) bestParams = params
      isOver = patience !== undefined && epochs.length - bestAt(epochs) > patience
    } else catchUp(step)
    if (onCheckpoint) {
      const termination = isOver ? ({ kind: 'converged' } as const) : ({ kind: 'aborted', step } as const)
      const bound = told.bound(ends[epochs.length - 2] ?? 0, step)
      await onCheckpoint(toBytes(name, { ...ascentOf(state, termination), bound }))
    }
    return isOver
  }
  const ascentOf = (
    state: ClimbState,
    termination: AmortizedAscent['termination'],
  ): Omit<AmortizedAscent, 'bound'> => ({
    key,
    state,
    measured: told.measured,
    epochs: [...epochs],
    ...(bestParams ? { bestParams } : {}),
    outlined,
    count,
    termination,
    warnings: [],
  })
  const begun = { at: performance.now(), step: told.count }
  const isOver = before?.termination.kind === 'converged'
  const climbed = isOver
    ? ({ state: before.state, termination: { kind: 'converged' } } as const)
    : await climb(
        setting,
        before?.state ?? start,
        {
          ...how,
          worker,
          signal,
          ...(held || onCheckpoint ? { stops: ends, onStop } : {}),
          onOutputs: told.add,
          onProgress:
            onProgress &&
            (({ step }) => {
              const epoch = Math.min(
                ends.findIndex((end) => end >= step),
                ends.length - 1,
              )
              const seconds = (performance.now() - begun.at) / 1000
              return onProgress(
                progressOf({
                  epoch: epoch + 1,
                  epochs: ends.length,
                  step,
                  steps,
                  ...told.mean(ends[epoch - 1] ?? 0, step),
                  secondsLeft: (seconds / (step - begun.step)) * (steps - step),
                }),
              )
            }),
        },
        foldIn(key, 1),
        told.measured.objective,
      )
  catchUp(told.count)
  const { termination, warnings } = endedAs(setting, plate, how, climbed, key)
  const params = bestParams ?? reported(setting, how, climbed)
  const final = { ...applied, params }
  const draws = Math.max(2, Math.ceil(DRAWS / count))
  const data = { count, values: setting.model.values, present: setting.model.present }
  const { elbo, standardError } = await evaluator(final)(data, foldIn(key, 2), draws)
  const bound = { elbo, standardError }
  const ascent = { ...ascentOf(climbed.state, termination), bound, warnings }
  return fitOf<Types>(
    final,
    { bound, epochs, termination, warnings, toBytes: () => toBytes(name, ascent) },
    who,
  )
}

/** How many epochs there were with the best. */
function bestAt(epochs: readonly EpochRecord[]): number {
  const all = epochs.map(({ evaluation = -Infinity }) => evaluation)
  return all.indexOf(Math.max(...all)) + 1
}
