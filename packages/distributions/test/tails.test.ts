import { isTensor, reshape, slice } from '@variate/core/ops'
import type { Tensor } from '@tensorflow/tfjs-core'
import * as distributions from '../src/index.ts'
import { laws } from './laws.ts'

type Base = distributions.Distribution & Pick<distributions.Capabilities, 'cdf' | 'icdf'>
type Parameters = readonly number[] | Tensor

const factories = distributions as unknown as Readonly<Record<string, (...args: unknown[]) => Base>>

/** The base that an argument of the oracle names; its parameters lie along the last axis. */
function baseOf(given: Readonly<Record<string, Parameters>>): Base {
  const [[name, parameters]] = Object.entries(given) as [[string, Parameters]]
  return factories[name]!(...(isTensor(parameters) ? unstack(parameters) : parameters))
}

function unstack(x: Tensor): Tensor[] {
  return Array.from({ length: x.shape.at(-1)! }, (_, i) => {
    const begin = x.shape.map((_, axis) => (axis === x.rank - 1 ? i : 0))
    const size = x.shape.map((length, axis) => (axis === x.rank - 1 ? 1 : length))
    return reshape(slice(x, begin, size), x.shape.slice(0, -1))
  })
}

laws(
  'tailsOfTruncated',
  (base: Readonly<Record<string, Parameters>>, low: number, high: number) =>
    distributions.truncated(baseOf(base), { low, high }),
  { densityOnly: true },
)

laws(
  'tailsOfCensored',
  (base: Readonly<Record<string, Parameters>>, low: number, high: number) =>
    distributions.censored(baseOf(base), { low, high }),
  { densityOnly: true },
)

laws('extremesOfLogNormal', distributions.logNormal, { densityOnly: true })
laws('extremesOfWeibull', distributions.weibull, { densityOnly: true })
