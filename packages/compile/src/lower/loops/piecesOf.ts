import { sizeOf } from '../../graph/node.ts'
import type { LoopGroup, Plan } from '../plan.ts'
import { rowsAtOnce } from '../rowChains.ts'
import type { Target } from '../target.ts'
import { costOfElement } from './nest.ts'
import type { Root } from './root.ts'

/** Rows in pieces: how many rows, how many of them a piece has (the last may have fewer), and how many pieces there are. */
export interface Pieces {
  readonly rows: number
  readonly length: number
  readonly count: number
  /** What is summed up over rows. */
  readonly summed: readonly Root[]
}

/** The least that is divided, some 30 µs, and the least of a piece: instructions of numbers in float32. */
const [LEAST, LEAST_OF_PIECE] = [2 ** 20, 2 ** 17]
/** As many instructions take as long as a number that is read or written. */
const ACCESS = 8
const MOST_PIECES = 16
/** Sums of pieces are this many times fewer than elements. */
const FEW = 8
/** Pieces begin where vectors do, several at once. */
const ALIGNED = 16

/**
 * The pieces that the rows of loops are divided into, which are the same for any number of threads; undefined where that
 * does not pay.
 */
export function piecesOf(
  groups: readonly LoopGroup[],
  target: Target,
  isStored: Plan['isStored'],
): Pieces | undefined {
  const elements = Math.max(...groups.map(({ domain }) => sizeOf(domain)))
  const [{ domain }] = groups as readonly [LoopGroup]
  const axis = groups.length > 1 ? 0 : domain.findIndex((length) => length > 1)
  if (elements === 0 || axis < 0) return undefined
  const rows = domain[axis]!
  const isSummed = ({ reduction, to }: Root): boolean =>
    reduction !== undefined && to.coefficients[axis] === 0
  const summed = groups.flatMap(({ roots }) => roots.filter(isSummed))
  if (summed.length === 0 && target.threads === 1) return undefined
  const wide = target.lanes.isDouble ? 2 : 1
  const work = groups.reduce((sum, { roots, domain: own }) => {
    const { instructions, accesses } = costOfElement(roots, own, target, isStored)
    return sum + sizeOf(own) * wide * (instructions + ACCESS * accesses)
  }, 0)
  if (work < LEAST) return undefined
  const sums = summed.reduce((total, { node }) => total + sizeOf(node.shape), 0)
  const most = Math.min(
    MOST_PIECES,
    Math.floor(work / LEAST_OF_PIECE),
    Math.floor(elements / (FEW * Math.max(1, sums))),
  )
  if (most < 2) return undefined
  const unit = groups.length > 1 ? rowsAtOnce(groups) : ALIGNED / divisor(sizeOf(domain) / rows, ALIGNED)
  const length = unit * Math.ceil(rows / most / unit)
  const count = Math.ceil(rows / length)
  return count < 2 ? undefined : { rows, length, count, summed }
}

/** The greatest common divisor. */
function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b)
}
