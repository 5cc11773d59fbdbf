import { sizeOf, type Shape } from '../../graph/node.ts'
import type { Linear } from './linear.ts'
import { isVectorial, type Reads } from './reads.ts'
import type { Root } from './root.ts'

/** The most elements of a row that are written out, the most instructions of all of them, and the fewest rows. */
const [SHORT, MOST, FEWEST_ROWS] = [16, 2500, 16]
/** Of so few elements sums pay, and of so many instructions elements of which a vector is not full. */
const [FEW, MANY] = [5, 24]

/** Loops whose rows are short. */
export interface ShortRows {
  readonly roots: readonly Root[]
  readonly domain: Shape
  readonly reads: Reads
  /** The instructions of an element. */
  readonly instructions: number
  /** The length of the innermost loop that would be otherwise. */
  readonly length: number
}

/** The axes of the rows' elements, behind those of the rows. */
export interface RowAxes {
  /** The first of them, and the last of those of the rows that is longer than 1, whose steps are those of rows. */
  readonly first: number
  readonly axis: number
  readonly rows: number
}

/**
 * Where vectors of rows pay, an element of each in its lanes: elements are written out, so that what is summed up along
 * rows is added as it is, and none is left over. Undefined where they do not, or cannot be.
 */
export function rowAxes(
  { roots, domain, reads, instructions, length }: ShortRows,
  count: number,
): RowAxes | undefined {
  let first = domain.length
  while (first > 1 && sizeOf(domain.slice(first - 1)) <= SHORT) first--
  const [rows, elements] = [sizeOf(domain.slice(0, first)), sizeOf(domain.slice(first))]
  if (elements < 2 || rows < FEWEST_ROWS || elements * instructions > MOST || reads.indices.length > 0)
    return undefined
  const isAlong = ({ coefficients }: Linear): boolean =>
    domain.some((n, axis) => axis >= first && n > 1 && coefficients[axis] === 0)
  const isSummed = roots.some(({ reduction, to }) => reduction !== undefined && isAlong(to))
  // Numbers of the rows have to be brought into lanes one by one, which longer sums are not worth.
  const isRagged = length <= SHORT && length % count !== 0 && instructions >= MANY
  if (!isRagged && !(isSummed && length <= FEW)) return undefined
  const accesses = [...reads.accesses.map(({ at }) => at), ...roots.map(({ to }) => to)]
  const long = domain.flatMap((n, axis) => (axis < first && n > 1 ? [axis] : []))
  const axis = long.at(-1)!
  const isOne = ({ coefficients }: Linear): boolean => {
    let behind = 1
    return long.toReversed().every((at) => {
      const isNext = coefficients[at] === coefficients[axis]! * behind
      behind *= domain[at]!
      return isNext
    })
  }
  const isFit =
    [...reads.nodes].every(isVectorial) &&
    reads.accesses.every(({ node }) => node.dtype !== 'int32') &&
    accesses.every((at) => isOne(at) && at.coefficients.every((c) => c >= 0)) &&
    roots.every(({ node, reduction, to }) =>
      reduction ? node.dtype === 'float32' : node.dtype !== 'int32' && to.coefficients[axis]! > 0,
    )
  return isFit ? { first, axis, rows } : undefined
}
