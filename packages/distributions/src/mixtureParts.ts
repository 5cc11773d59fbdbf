import type { Tensor } from '@tensorflow/tfjs-core'
import { ShapeError, UnsupportedError } from '@variate/core'
import { broadcastShapes, broadcastTo, expandDims, splitKey, stack, type AnyKey } from '@variate/core/ops'
import type { Able } from './combine.ts'
import { anyOfBatch } from './constraints/anyOfBatch.ts'
import type { Constraint } from './constraints/constraint.ts'
import { union } from './constraints/union.ts'
import type { Distribution, Shape } from './distribution.ts'
import { expand } from './expand.ts'

/** The components of a mixture, side by side: results have an axis for them after the batch. */
export interface MixtureParts {
  readonly count: number
  readonly batchShape: Shape
  readonly eventShape: Shape
  readonly support: Constraint
  /** Independent draws of all components, for a batch that theirs broadcasts to. */
  sample(key: AnyKey, sampleShape: Shape, batchShape: Shape): Tensor
  logProb(x: Tensor): Tensor
  readonly cdf?: ((x: Tensor) => Tensor) | undefined
  readonly survival?: ((x: Tensor) => Tensor) | undefined
  readonly mean?: (() => Tensor) | undefined
  readonly variance?: (() => Tensor) | undefined
}

/** @throws ShapeError for components that do not fit together; UnsupportedError for discrete beside continuous ones. */
export function mixtureParts(components: Distribution | readonly Distribution[]): MixtureParts {
  return Array.isArray(components) ? ofList(components as readonly Able[]) : ofFamily(components as Able)
}

/** Components along the last axis of one distribution's batch. */
function ofFamily(family: Able): MixtureParts {
  const { batchShape, eventShape, support, cdf, survival, mean, variance } = family
  const count = batchShape.at(-1)
  if (count === undefined) throw new ShapeError('mixture: components must have a batch, got batch shape []')
  const spread = (x: Tensor): Tensor => expandDims(x, -1 - eventShape.length)
  return {
    count,
    batchShape: batchShape.slice(0, -1),
    eventShape,
    support: anyOfBatch(support),
    sample: (key, sampleShape, batch) => expand(family, [...batch, count]).sample(key, sampleShape),
    logProb: (x) => family.logProb(spread(x)),
    cdf: cdf && ((x) => cdf(spread(x))),
    survival: survival && ((x) => survival(spread(x))),
    mean,
    variance,
  }
}

/** Components of a list, each with a batch of its own. */
function ofList(list: readonly Able[]): MixtureParts {
  const [first] = list
  if (!first) throw new ShapeError('mixture: there are no components')
  for (const { name, eventShape, support } of list) {
    if (String(eventShape) !== String(first.eventShape)) {
      throw new ShapeError(
        `mixture: ${first.name} has event shape [${first.eventShape}], ${name} has [${eventShape}]`,
      )
    }
    if (support.isDiscrete !== first.support.isDiscrete) {
      throw new UnsupportedError(
        `mixture: ${first.name} and ${name} have no common density: only one of them is discrete`,
      )
    }
  }
  const { eventShape } = first
  const batchShape = broadcastShapes(
    list.map((part) => part.batchShape),
    'mixture: components',
  )
  /** Side by side, before the last `axes` axes. */
  const side = (parts: readonly Tensor[], axes: number): Tensor => {
    const shape = broadcastShapes(
      parts.map((part) => part.shape),
      'mixture',
    )
    return stack(
      parts.map((part) => broadcastTo(part, shape)),
      -1 - axes,
    )
  }
  /** A function that all components have. */
  const all = <Name extends 'cdf' | 'survival' | 'mean' | 'variance'>(
    name: Name,
  ): readonly NonNullable<Able[Name]>[] | undefined => {
    const functions = list.map((part) => part[name])
    return functions.some((f) => f === undefined) ? undefined : (functions as never)
  }
  /** Moments of all components, each spread to the whole batch. */
  const moments = (functions: readonly (() => Tensor)[]): Tensor => {
    const events = functions.map((f) => broadcastTo(f(), [...batchShape, ...eventShape]))
    return side(events, eventShape.length)
  }
  /** A function of the value that all components have. */
  const ofValue = (name: 'cdf' | 'survival') => {
    const functions = all(name)
    return (
      functions &&
      ((x: Tensor) =>
        side(
          functions.map((f) => f(x)),
          0,
        ))
    )
  }
  const [mean, variance] = [all('mean'), all('variance')]
  return {
    count: list.length,
    batchShape,
    eventShape,
    support: union(list.map(({ support }) => support)),
    sample: (key, sampleShape, batch) => {
      const keys = splitKey(key, list.length)
      const draws = list.map((part, i) => expand(part, batch).sample(keys[i]!, sampleShape))
      return side(draws, eventShape.length)
    },
    logProb: (x) =>
      side(
        list.map((part) => part.logProb(x)),
        0,
      ),
    cdf: ofValue('cdf'),
    survival: ofValue('survival'),
    mean: mean && (() => moments(mean)),
    variance: variance && (() => moments(variance)),
  }
}
