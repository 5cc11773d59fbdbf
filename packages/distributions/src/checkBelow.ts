import { DomainError } from '@variate/core'
import { broadcastShapes, isTensor } from '@variate/core/ops'
import type { Parameter } from './distribution.ts'
import { place, shapeOf } from './parameter.ts'

/**
 * Checks that one parameter is below another in each element of the batch.
 *
 * @param parameters the two, by name: the lower one first.
 * @param orEqual whether they may be equal.
 * @throws DomainError naming both, their values, and where.
 */
export function checkBelow(
  who: string,
  parameters: Readonly<Record<string, Parameter>>,
  orEqual = false,
): void {
  const [[lowName, low], [highName, high]] = Object.entries(parameters) as [
    [string, Parameter],
    [string, Parameter],
  ]
  const shape = broadcastShapes([shapeOf(low), shapeOf(high)], who)
  const size = shape.reduce((product, length) => product * length, 1)
  const [lows, highs] = [reader(low, shape), reader(high, shape)]
  for (let i = 0; i < size; i++) {
    const [a, b] = [lows(i), highs(i)]
    if (orEqual ? a <= b : a < b) continue
    throw new DomainError(
      `${who}: ${lowName} must be ${orEqual ? '≤' : '<'} ${highName}, got ${lowName} ${a}, ${highName} ${b}${place(i, shape)}`,
    )
  }
}

/** The element of a parameter for each element of the shape that it is broadcast to. */
function reader(parameter: Parameter, out: readonly number[]): (at: number) => number {
  if (typeof parameter === 'number') return () => parameter
  const { shape } = parameter
  const data = isTensor(parameter) ? parameter.dataSync() : parameter.data
  return (at) => {
    let offset = 0
    let stride = 1
    let rest = at
    for (let axis = out.length - 1; axis >= 0; axis--) {
      const index = rest % out[axis]!
      rest = (rest - index) / out[axis]!
      const length = shape[axis - out.length + shape.length] ?? 1
      if (length > 1) offset += index * stride
      stride *= length
    }
    return data[offset]!
  }
}
