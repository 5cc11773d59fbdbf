import { repeat, variable, whole, type Statement } from '../../wasm/statement.ts'
import { I32 } from '../../wasm/value.ts'
import { literal } from '../element.ts'
import type { LoopGroup, Plan } from '../plan.ts'
import { least, plus, times } from '../routines/integers.ts'
import { rowsAtOnce } from '../rowChains.ts'
import type { Target } from '../target.ts'
import { filling } from './filling.ts'
import { nest, type Nest, type Rows } from './nest.ts'
import { piecesOf } from './piecesOf.ts'
import { PieceSums } from './pieceSums.ts'

/**
 * Loops of groups, several of them block by block over the rows. Where there is much to do the rows are divided into pieces,
 * which threads go through, each with sums of its own; what is summed up over all rows is so in any case, for sums do not
 * depend on threads.
 */
export function overRows(
  groups: readonly LoopGroup[],
  target: Target,
  isStored: Plan['isStored'],
): readonly Statement[] {
  const fills = groups.flatMap(({ filled }) =>
    filled.flatMap(({ node, fill }) => filling(node, (l) => literal(l, fill, node.dtype), target)),
  )
  const pieces = piecesOf(groups, target, isStored)
  if (!pieces) {
    const { before, loops } = looped(groups, target, isStored)
    return [...fills, ...before, ...loops]
  }
  const { rows, length, count, summed } = pieces
  const sums = new PieceSums(summed, count, target)
  let before: readonly Statement[] = []
  const region = target.region(count, (piece) => {
    const [from, until] = [variable(I32), variable(I32)]
    const range = {
      from: from.get,
      until: until.get,
      atOnce: length,
      of: rows,
      isMany: groups.length === 1,
      shifts: sums.shifts(piece),
    }
    const own = looped(groups, sums.target, isStored, range)
    before = own.before
    return [
      { variable: from, to: times(piece, length) },
      { variable: until, to: least(plus(from.get, length), whole(rows)) },
      ...own.beforePiece,
      ...own.loops,
    ]
  })
  return [...fills, ...before, ...region, ...sums.joined()]
}

/** The loops over all rows, or over a piece of them. */
function looped(
  groups: readonly LoopGroup[],
  target: Target,
  isStored: Plan['isStored'],
  range?: Rows,
): Nest {
  const [{ roots, domain }] = groups as readonly [LoopGroup]
  if (groups.length === 1) return nest(roots, domain, target, isStored, range)
  const [rows, atOnce] = [domain[0]!, rowsAtOnce(groups)]
  const block = variable(I32)
  const end = range ? range.until : whole(rows)
  const blockOf: Rows = {
    from: block.get,
    until: least(plus(block.get, atOnce), end),
    atOnce,
    of: rows,
    isMany: false,
    ...(range?.shifts ? { shifts: range.shifts } : {}),
  }
  const nests = groups.map((group) => nest(group.roots, group.domain, target, isStored, blockOf))
  const body = nests.flatMap(({ loops }) => loops)
  return {
    before: nests.flatMap(({ before }) => before),
    beforePiece: nests.flatMap(({ beforePiece }) => beforePiece),
    loops: [
      range
        ? { index: block, from: range.from, to: end, step: atOnce, mayBeEmpty: false, body }
        : repeat(block, 0, rows, atOnce, body),
    ],
  }
}
