import type { Shape } from '../../graph/node.ts'
import type { Linear } from './linear.ts'

/** One of nested loops: its turns, and the axis of the domain that it goes along, the last of those that it joins. */
export interface Dimension {
  readonly length: number
  readonly axis: number
}

/**
 * The loops over a domain: neighbouring axes are one loop wherever everything that is read or written goes through both in
 * one step. Outer loops come first.
 *
 * @param isByRows whether only few turns of the first axis are done at a time: the innermost loop is then not along it.
 */
export function dimensionsOf(
  domain: Shape,
  accesses: readonly Linear[],
  isByRows = false,
): readonly Dimension[] {
  const dimensions: Dimension[] = []
  for (const [axis, length] of domain.entries()) {
    if (length === 1) continue
    const last = dimensions.at(-1)
    const joins = (({ coefficients }: Linear) =>
      coefficients[last!.axis] === coefficients[axis]! * length) as (access: Linear) => boolean
    if (last && accesses.every(joins))
      dimensions[dimensions.length - 1] = { length: last.length * length, axis }
    else dimensions.push({ length, axis })
  }
  return innermost(dimensions, accesses, isByRows)
}

/** The loops in an order in which the innermost goes through memory step by step for as much as possible. */
function innermost(
  dimensions: readonly Dimension[],
  accesses: readonly Linear[],
  isByRows: boolean,
): readonly Dimension[] {
  const merit = ({ axis }: Dimension): number =>
    accesses.reduce((total, { coefficients }) => {
      const step = Math.abs(coefficients[axis]!)
      return total + (step === 1 ? 2 : step === 0 ? 1 : 0)
    }, 0)
  const able = isByRows && dimensions.length > 1 ? dimensions.filter(({ axis }) => axis > 0) : dimensions
  const best = able.reduce<Dimension | undefined>(
    (found, next) => (found && merit(found) > merit(next) ? found : next),
    undefined,
  )
  return best ? [...dimensions.filter((x) => x !== best), best] : []
}

/** What of a linear place the loops of `dimensions` make. */
export function inDimensions({ coefficients, offset }: Linear, dimensions: readonly Dimension[]): Linear {
  return { coefficients: dimensions.map(({ axis }) => coefficients[axis]!), offset }
}
