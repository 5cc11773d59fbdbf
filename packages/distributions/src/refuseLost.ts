import type { Tensor } from '@tensorflow/tfjs-core'
import { NumericalError } from '@variate/core'
import { broadcastTo, constant, type Real } from '@variate/core/ops'
import { isTracing } from '@variate/core/internal'
import { place } from './parameter.ts'

/**
 * Refuses probabilities of which float32 has no digits, unless a trace records.
 *
 * @param complaint what is lost, with what reads a tensor at that element; undefined if nothing is.
 * @throws NumericalError for the first.
 */
export function refuseLost(
  probability: Real,
  least: number,
  complaint: (read: (x: Tensor) => number) => string | undefined,
): void {
  if (isTracing()) return
  const all = constant(probability)
  all.dataSync().forEach((p, at) => {
    const what = p >= least ? undefined : complaint((x) => broadcastTo(x, all.shape).dataSync()[at]!)
    if (what) throw new NumericalError(`${what} is lost in float32${place(at, all.shape)}`)
  })
}
