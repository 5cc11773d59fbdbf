import { DomainError, NdArray } from '@variate/core'
import { shown } from '@variate/core/internal'
import { exp } from '@variate/core/ops'
import type { Control, ControlledOptions } from './controlled.ts'
import { checkParticles } from './particles.ts'
import { checkTemperature } from './temperature.ts'

/** What REBAR and RELAX are given. */
export interface ControlOptions {
  /** How many draws a step takes; 1, if not given. */
  readonly particles?: number
  /** How far relaxed draws are from those of the support, to begin with; ½, if not given. */
  readonly temperature?: number
  /** How much of log p − log q at relaxed values is in the control variate, to begin with; 1, if not given. */
  readonly scale?: number
  /** Whether temperature and scale are moved down the gradient of the variance, by Adam; true, if not given. */
  readonly tune?: boolean
  /** The length of these steps; 0.01, if not given. */
  readonly rate?: number
}

/** How an estimator is controlled, and by what to begin with. */
export interface Start extends ControlledOptions {
  readonly tuned: { readonly logTemperature: NdArray<Float64Array>; readonly scale: NdArray<Float64Array> }
}

/** @throws DomainError for options out of range. */
export function checkControl(who: string, options: ControlOptions): Start {
  const { particles = 1, temperature = 0.5, scale = 1, tune = true, rate = 0.01 } = options
  checkParticles(who, particles)
  if (typeof temperature === 'function')
    throw new DomainError(`${who}: temperature must be a number > 0, got a function: it is tuned`)
  checkTemperature(who, temperature)
  if (!Number.isFinite(scale)) throw new DomainError(`${who}: scale must be a number, got ${shown(scale)}`)
  if (!(rate > 0)) throw new DomainError(`${who}: rate must be > 0, got ${shown(rate)}`)
  const number = (x: number): NdArray<Float64Array> => new NdArray(Float64Array.of(x), [])
  return {
    particles,
    rate: tune ? rate : 0,
    tuned: { logTemperature: number(Math.log(temperature)), scale: number(scale) },
  }
}

export const temperatureOf: Control['temperature'] = ({ logTemperature }) => exp(logTemperature!)
