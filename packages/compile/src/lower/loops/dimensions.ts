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
 */
export function dimensionsOf(domain: Shape, accesses: readonly Linear[]): readonly Dimension[] {
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
  return innermost(dimensions, accesses)
}

/** The loops in an order in which the innermost goes through memory step by step for as much as possible. */
function innermost(dimensions: readonly Dimension[], accesses: readonly Linear[]): readonly Dimension[] {
  const merit = ({ axis }: Dimension): number =>
    accesses.reduce((total, { coefficients }) => {
      const step = Math.abs(coefficients[axis]!)
      return total + (step === 1 ? 2 : step === 0 ? 1 : 0)
    }, 0)
  const best = dimensions.reduce<Dimension | undefined>(
    (found, next) => (found && merit(found) > merit(next) ? found : next),
    undefined,
  )
  return best ? [...dimensions.filter((x) => x !== best), best] : []
}

/** What of a linear place the loops of `dimensions` make. */
export function inDimensions({ coefficients, offset }: Linear, dimensions: readonly Dimension[]): Linear {
  return { coefficients: dimensions.map(({ axis }) => coefficients[axis]!), offset }
}
