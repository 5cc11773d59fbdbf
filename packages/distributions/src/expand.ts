import type { Tensor } from '@tensorflow/tfjs-core'
import { ShapeError } from '@variate/core'
import { broadcastShapes, broadcastTo, reshape, transpose } from '@variate/core/ops'
import { checkShape } from '@variate/core/internal'
import { checkDistribution } from './checkDistribution.ts'
import { combine, type Able, type Inherit } from './combine.ts'
import type { Capabilities, Distribution, Shape } from './distribution.ts'

/** A distribution repeated to a larger batch. */
export type Expanded<Base extends Distribution = Distribution> = Distribution & {
  readonly name: 'expand'
  readonly base: Base
} & Inherit<Base, keyof Capabilities | 'reparameterized'>

/**
 * The distribution repeated to a batch that its own broadcasts to; draws of the repeated ones are independent.
 *
 * @throws ShapeError if its batch does not broadcast to `batchShape`.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { expand, normal } from '@variate/distributions'
 *
 * expand(normal(0, 1), [2, 2]).logProb(0).arraySync() // => [[-0.9189385, -0.9189385], [-0.9189385, -0.9189385]]
 * ```
 */
export function expand<Base extends Distribution>(base: Base, batchShape: Shape): Expanded<Base> {
  checkDistribution('expand: base', base)
  checkShape(batchShape, 'expand')
  const { batchShape: own, eventShape, support, ...able } = base as Able
  const joint = broadcastShapes([own, batchShape], 'expand')
  if (String(joint) !== String(batchShape) || joint.length !== batchShape.length) {
    throw new ShapeError(`expand: the batch [${own}] does not broadcast to [${batchShape}]`)
  }
  const padded = [...Array.from({ length: batchShape.length - own.length }, () => 1), ...own]
  const repeated = batchShape.flatMap((length, axis) => (padded[axis] === length ? [] : [axis]))
  const { mean, variance, entropy, cdf, survival, icdf, isf, enumerateSupport, reparameterized } = able
  const expanded = combine('expand', {
    batchShape: [...batchShape],
    eventShape,
    support,
    parameters: base.parameters,
    reparameterized,
    sample: (key, sampleShape) => {
      if (repeated.length === 0) {
        return reshape(base.sample(key, sampleShape), [...sampleShape, ...batchShape, ...eventShape])
      }
      const counts = repeated.map((axis) => batchShape[axis]!)
      const draws = base.sample(key, [...sampleShape, ...counts])
      return reshape(interleave(draws, sampleShape.length), [...sampleShape, ...batchShape, ...eventShape])
    },
    logProb: (x) => base.logProb(x),
    cdf,
    survival,
    icdf,
    isf,
    mean: mean && (() => withBatch(mean())),
    variance: variance && (() => withBatch(variance())),
    entropy,
    enumerateSupport:
      enumerateSupport &&
      (() => {
        const values = enumerateSupport()
        return reshape(values, [values.shape[0]!, ...batchShape.map(() => 1), ...eventShape])
      }),
  })

  /** Draws [...sample, ...counts, ...own, ...event] with each count moved before the axis of length 1 that it repeats. */
  function interleave(draws: Tensor, lead: number): Tensor {
    const counts = repeated.map((_, i) => lead + i)
    const raised = reshape(draws, [...draws.shape.slice(0, lead + counts.length), ...padded, ...eventShape])
    const start = lead + counts.length
    const order = [
      ...Array.from({ length: lead }, (_, axis) => axis),
      ...batchShape.flatMap((_, axis) => {
        const at = repeated.indexOf(axis)
        return at < 0 ? [start + axis] : [counts[at]!, start + axis]
      }),
      ...eventShape.map((_, axis) => start + batchShape.length + axis),
    ]
    return transpose(raised, order)
  }

  function withBatch(x: Tensor): Tensor {
    return broadcastTo(reshape(x, [...padded, ...eventShape]), [...batchShape, ...eventShape])
  }

  return Object.freeze({ ...expanded, base }) as Expanded<Base>
}
