import type { Tensor } from '@tensorflow/tfjs-core'
import { broadcastShapes, constant, where } from '@variate/core/ops'
import { checkDistribution } from './checkDistribution.ts'
import { combine, type Able, type Inherit } from './combine.ts'
import { boolean } from './constraints/boolean.ts'
import type { Capabilities, Distribution, Numbers, Parameter } from './distribution.ts'
import { expand } from './expand.ts'
import { toParameters } from './parameters.ts'
import { withAxes } from './vectors.ts'

/** Booleans nested in arrays, or 1 and 0. */
export type Mask = boolean | readonly Mask[] | Numbers

/** A distribution of which some elements do not count. */
export type Masked<Base extends Distribution = Distribution> = Distribution & {
  readonly name: 'masked'
  readonly base: Base
  /** 1 for elements of the batch that count, else 0. */
  readonly mask: Parameter
} & Inherit<Base, Exclude<keyof Capabilities, 'entropy'> | 'reparameterized'>

/**
 * The distribution with log probability 0 where the mask is false, whatever the value there, NaN included: gradients are
 * 0 there. Draws are those of `base`.
 *
 * @param mask true or false, or 1 or 0, for each element of the batch, against which it broadcasts.
 * @throws DomainError for a mask of other numbers; ShapeError if it does not broadcast against the batch.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { masked, normal } from '@variate/distributions'
 *
 * masked(normal(0, 1), [true, false]).logProb([0, NaN]).arraySync() // => [-0.9189385, 0]
 * ```
 */
export function masked<Base extends Distribution>(base: Base, mask: Mask): Masked<Base> {
  checkDistribution('masked: base', base)
  const {
    parameters,
    batchShape: maskShape,
    resolved,
  } = toParameters('masked', {
    mask: [toNumbers(mask), boolean],
  })
  const batchShape = broadcastShapes([base.batchShape, maskShape], 'masked: mask and batch')
  const { eventShape, support } = base
  const from: Able = expand(base as Able, batchShape)
  const { cdf, survival, icdf, isf, mean, variance, enumerateSupport, reparameterized } = from
  const result = combine('masked', {
    batchShape,
    eventShape,
    support,
    parameters,
    reparameterized,
    sample: (key, sampleShape) => from.sample(key, sampleShape),
    logProb: (x) => {
      const counts = constant(resolved().mask)
      const safe = where(withAxes(counts, eventShape.length), x, support.inside(eventShape)) as Tensor
      return where(counts, base.logProb(safe), 0)
    },
    cdf,
    survival,
    icdf,
    isf,
    mean,
    variance,
    enumerateSupport,
  })
  return Object.freeze({ ...result, ...parameters, base }) as never
}

function toNumbers(mask: Mask): Numbers {
  if (typeof mask === 'boolean') return mask ? 1 : 0
  return Array.isArray(mask) ? ((mask as readonly Mask[]).map(toNumbers) as Numbers) : (mask as Numbers)
}
