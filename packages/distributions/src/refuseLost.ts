import { NumericalError } from '@variate/core'
import { constant, isTracing, type Real } from '@variate/core/ops'
import { place } from './parameter.ts'

/**
 * Refuses probabilities of which float32 has no digits, unless a trace records.
 *
 * @param complaint what is lost with the element of that number; undefined if nothing is.
 * @throws NumericalError for the first.
 */
export function refuseLost(
  probability: Real,
  least: number,
  complaint: (at: number, shape: readonly number[]) => string | undefined,
): void {
  if (isTracing()) return
  const x = constant(probability)
  x.dataSync().forEach((p, at) => {
    const what = p >= least ? undefined : complaint(at, x.shape)
    if (what) throw new NumericalError(`${what} is lost in float32${place(at, x.shape)}`)
  })
}
