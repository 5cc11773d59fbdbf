import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError, ShapeError } from '@variate/core'
import { broadcastShapes, broadcastTo, constant, div, equal, fill, reshape, sum } from '@variate/core/ops'
import { isTracing } from '@variate/core/internal'
import { valueOf } from './combine.ts'
import { nonnegative } from './constraints/nonnegative.ts'
import type { Distribution, Numbers, Shape } from './distribution.ts'
import { checkEvents, place } from './parameter.ts'
import { moveInside } from './withinSupport.ts'

/**
 * Observations [n, ...batch, ...event] and weights [n, ...batch] that sum to 1 over n, checked unless a trace records.
 * The batch is that which the distribution's, the observations' and the weights' broadcast to.
 *
 * @param value of shape [n, ...batch, ...event].
 * @param weights of shape [n] or [n, ...batch]; 1 if not given.
 */
export function observations(
  { name, batchShape, eventShape, support }: Omit<Distribution, 'parameters'>,
  value: Numbers,
  weights?: Numbers,
): [x: Tensor, w: Tensor] {
  const who = `${name}.fit`
  const [x, lead] = valueOf(who, value, eventShape, [], 'observations')
  const [n, ...own] = lead
  if (!n) throw new DomainError(`${who}: there are no observations in shape [${x.shape}]`)
  const w = constant(weights ?? fill([n], 1), 'float32', `${who}: weights`)
  if (w.shape[0] !== n) {
    throw new ShapeError(`${who}: weights must have shape [${n}] or [${n}, ...batch], got [${w.shape}]`)
  }
  const batch = broadcastShapes([batchShape, own, w.shape.slice(1)], who)
  // No sum of these is beyond float32.
  const even = div(w, n)
  const total = sum(even, 0, true)
  if (!isTracing()) {
    checkEvents(x, support, `${who}: observations`)
    checkEvents(w, nonnegative, `${who}: weights`)
    const empty = total.dataSync().indexOf(0)
    if (empty >= 0) throw new DomainError(`${who}: weights are all 0${place(empty, w.shape.slice(1))}`)
  }
  /** Axes of length 1 put in after the first, for the batch axes that are missing. */
  const spread = (shape: Shape): number[] => [
    n,
    ...Array<number>(batch.length + 1 - shape.length).fill(1),
    ...shape.slice(1),
  ]
  const all = reshape(x, [...spread(lead), ...eventShape])
  const share = reshape(div(even, total), spread(w.shape))
  return [
    // What counts for nothing may be so large that its square is ∞, and 0·∞ is NaN.
    weights ? moveInside(support, eventShape, all, equal(share, 0) as Tensor) : all,
    broadcastTo(share, [n, ...batch]),
  ]
}
