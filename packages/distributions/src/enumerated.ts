import type { Tensor } from '@tensorflow/tfjs-core'
import { UnsupportedError } from '@variate/core'
import { constant, isTensor, reshape, type Real } from '@variate/core/ops'
import { isTracing } from '@variate/core/internal'

/**
 * Values as `enumerateSupport` gives them: of shape [count, ...1 for each axis of the batch].
 *
 * @param parameterRank the axes of an event of the parameters: 0 for numbers.
 */
export function enumerated(
  values: readonly number[],
  parameters: Readonly<Record<string, Real>>,
  parameterRank = 0,
): Tensor {
  const ranks = Object.values(parameters).map((p) => (isTensor(p) ? p.rank - parameterRank : 0))
  const ones = Array.from({ length: Math.max(0, ...ranks) }, () => 1)
  return reshape(constant(values, 'int32'), [values.length, ...ones])
}

/** low, low + 1, …, high. */
export function wholeNumbers(low: number, high: number): readonly number[] {
  return Array.from({ length: high - low + 1 }, (_, i) => low + i)
}

/**
 * The one number that all elements of a parameter are.
 *
 * @throws UnsupportedError if they differ, so that supports do, and while a trace records a tensor.
 */
export function commonNumber(parameter: Real, who: string): number {
  if (!isTensor(parameter)) return parameter
  if (isTracing()) throw new UnsupportedError(`${who} must be a number while operations are recorded`)
  const data = parameter.dataSync()
  if (data.some((x) => x !== data[0])) {
    throw new UnsupportedError(
      `${who} differs within the batch, so that supports do: they cannot be enumerated`,
    )
  }
  return data[0]!
}
