import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError, NdArray } from '@variate/core'
import { shown } from '@variate/core/internal'
import { add, constant } from '@variate/core/ops'
import type { StartState } from './estimator.ts'
import type { Tree } from './problem.ts'

/** How far relaxed draws are from those of the support: a number > 0, or one for each step, whose number counts from 0. */
export type Temperature = number | ((step: Tensor) => Tensor)

/** @throws DomainError unless it is a number > 0, or a function. */
export function checkTemperature(who: string, temperature: unknown): void {
  if (typeof temperature === 'function' || ((temperature as number) > 0 && Number.isFinite(temperature)))
    return
  throw new DomainError(
    `${who}: temperature must be a number > 0, or a function of the step, got ${shown(temperature)}`,
  )
}

/** What counts the steps of a schedule. */
export function temperatureStart(temperature: Temperature | undefined): StartState {
  return typeof temperature === 'function' ? { step: new NdArray(Float64Array.of(0), []) } : {}
}

export function temperatureAt(temperature: Temperature, { step }: Tree): Tensor {
  return typeof temperature === 'function' ? temperature(step as Tensor) : constant(temperature, 'float32')
}

export function nextTemperature({ step }: Tree): Tree {
  return step ? { step: add(step as Tensor, 1) } : {}
}
