import { sizeOf, type Node, type Shape } from '../../graph/node.ts'
import type { Lanes, Precision } from '../../wasm/lanes.ts'
import { repeat, variable, whole, type Loop, type Statement } from '../../wasm/statement.ts'
import { fresh, I32, value, type Value } from '../../wasm/value.ts'
import { combine, ofNone } from '../combine.ts'
import { instructionsOf } from '../instructionsOf.ts'
import { minus, times } from '../routines/integers.ts'
import type { Target } from '../target.ts'
import { dimensionsOf, inDimensions } from './dimensions.ts'
import { Elements, type Setting } from './elements.ts'
import { filling } from './filling.ts'
import { flat, ownPlace } from './linear.ts'
import { Memory, type Shifts } from './memory.ts'
import { addReads, isVectorial, type Reads } from './reads.ts'
import type { Root } from './root.ts'
import { rowAxes } from './rowAxes.ts'
import { rowsInLanes } from './rowsInLanes.ts'
import { sumsFor, summing, Total } from './totals.ts'
import { jammed, turnsOf, vectorsAtOnce, type Written } from './turns.ts'

/** Loops over rows are not innermost where no more vectors of them are done at a time. */
const FEW_VECTORS = 4

/** The part of the first axis of a domain that loops go over. */
export interface Rows {
  readonly from: Value
  readonly until: Value
  /** How many rows there are in all. */
  readonly of: number
  /** Whether they are many, and whole vectors but at the end. */
  readonly isMany: boolean
  /** Where rows are divided into pieces: how far what is summed up over those of a piece is from where its node is. */
  readonly shifts?: Shifts
  /** How many there are, at most. */
  readonly atOnce: number
}

/** Code of loops: what sets results to what they begin with, to be done once, or before each piece, and the loops. */
export interface Nest {
  readonly before: readonly Statement[]
  readonly beforePiece: readonly Statement[]
  readonly loops: readonly Statement[]
}

/** Nested loops over a domain, or over some rows of it, that write all roots. */
export function nest(
  roots: readonly Root[],
  domain: Shape,
  target: Target,
  isStored: (node: Node) => boolean,
  rows?: Rows,
): Nest {
  const begins = (reduced: readonly Root[]): readonly Statement[] =>
    reduced.flatMap(({ node, reduction }) =>
      reduction ? filling(node, (l) => ofNone(l, reduction, node.dtype), target, rows?.shifts) : [],
    )
  if (sizeOf(domain) === 0) return { before: begins(roots), beforePiece: [], loops: [] }

  const isRead = (node: Node): boolean =>
    isStored(node) && !roots.some((root) => root.source === node && root.node === node)
  const reads = readsOf(roots, domain, isRead)
  const places = [...reads.accesses.map(({ at }) => at), ...roots.map(({ to }) => to), ...reads.indices]
  const isByRows = rows !== undefined && !rows.isMany && rows.atOnce < FEW_VECTORS * target.vectors.count
  const dimensions = dimensionsOf(domain, places, isByRows)
  const instructions = perElement(reads.nodes, target.lanes.precision)
  const short = { roots, domain, reads, instructions, length: dimensions.at(-1)?.length ?? 1 }
  const axesOfRows = rowAxes(short, target.vectors.count)
  if (axesOfRows) return rowsInLanes(roots, domain, axesOfRows, target, isRead, rows)
  const indices = dimensions.map(() => variable(I32))
  const memory = new Memory(indices, rows?.shifts)
  const setting: Setting = { target, domain, dimensions, memory, isStored: isRead }
  const last = dimensions.length - 1
  const length = dimensions[last]?.length ?? 1
  const { lanes: one, vectors } = target
  const axes = dimensions.map(({ axis }) => axis)
  /** The loop that goes over the first axis. */
  const overRows = axes.indexOf(Math.min(...axes))

  const placed = roots.map((root) => {
    const at = inDimensions(root.to, dimensions)
    const isReduced = at.coefficients.map((c) => root.reduction !== undefined && c === 0)
    const start = isReduced.findLastIndex((reduced) => !reduced) + 1
    const isOverRows = rows !== undefined && isReduced[overRows] === true
    const isPartial = isOverRows || isReduced.slice(0, start).includes(true)
    return { ...root, at, start, isOverRows, isPartial }
  })
  const isInVectors =
    length >= vectors.count &&
    [...reads.nodes].every(isVectorial) &&
    reads.accesses.every(({ node }) => node.dtype !== 'int32') &&
    placed.every(
      ({ node, at, reduction, start }) =>
        (reduction ? node.dtype === 'float32' : node.dtype !== 'int32') &&
        (at.coefficients[last] === 1 || (reduction && start <= last)),
    )
  const jam = isInVectors && last > 0 ? jammed(placed, dimensions[last - 1]!.length, reads.nodes.size) : 1
  const isSummed = ({ reduction, start }: Omit<Written, 'totals'>): boolean =>
    reduction !== undefined && start <= last
  const summed = placed.filter(isSummed).length
  const isPart = rows !== undefined && !rows.isMany && last === overRows
  const vectorsOfTurn = (): number =>
    summed > 0
      ? sumsFor(summed, length, vectors.count)
      : vectorsAtOnce(instructions, isPart ? undefined : length, vectors.count)
  const atOnce = isInVectors && jam === 1 ? vectorsOfTurn() : 1
  /** Totals of what is reduced further out than by the innermost loop are there for all of its turns. */
  const outer = placed.map((root): Written => {
    const isOuter = isSummed(root) && root.start < last
    return { ...root, totals: isOuter ? [new Total(root, target, isInVectors ? atOnce : 0)] : [] }
  })

  /** From where to where a loop goes. */
  const rangeOf = (depth: number): readonly [from: Value, until: Value] => {
    const turns = dimensions[depth]!.length
    if (!rows || depth !== overRows) return [whole(0), whole(turns)]
    const perRow = turns / rows.of
    return [times(rows.from, perRow), times(rows.until, perRow)]
  }
  /** Loops over all of a range: in steps of so many, and one by one over what is left. */
  const loopsOver = (depth: number, step: number, body: (turns: number) => readonly Statement[]): Loop[] => {
    const index = indices[depth]!
    const [from, until] = rangeOf(depth)
    if (step === 1) return [{ index, from, to: until, step: 1, mayBeEmpty: false, body: body(1) }]
    if (!rows || depth !== overRows) {
      const { length: turns } = dimensions[depth]!
      const end = turns - (turns % step)
      return [
        ...(end > 0 ? [repeat(index, 0, end, step, body(step))] : []),
        ...(end < turns ? [repeat(index, end, turns, 1, body(1))] : []),
      ]
    }
    const end = minus(until, value(I32, [0x70], [minus(until, from), whole(step)]))
    return [
      { index, from, to: end, step, mayBeEmpty: true, body: body(step) },
      { index, from: end, to: until, step: 1, mayBeEmpty: true, body: body(1) },
    ]
  }
  /** What is summed up to in memory, for each of some turns of the loop around. */
  const ended = ({ node, at, isPartial, reduction, totals }: Written): readonly Statement[] =>
    totals.map((total, row) => {
      const elements = new Elements(one, setting, 0, row)
      const sum = total.result()
      return elements.store(
        node,
        at,
        isPartial ? combine(one, reduction!, node.dtype, fresh(elements.load(node, at)), sum) : sum,
      )
    })
  const begun = ({ totals }: Written): readonly Statement[] => totals.flatMap((total) => total.begin())

  /** The innermost loop, for some turns of the loop around it. */
  const innermost = (turns: number): readonly Statement[] => {
    const written = outer.map((root): Written => {
      if (root.totals.length > 0 || !isSummed(root)) return root
      const totals = Array.from({ length: turns }, () => new Total(root, target, isInVectors ? atOnce : 0))
      return { ...root, totals }
    })
    const own = written.filter(({ start }) => start === last)
    const body = (l: Lanes, count: number): readonly Statement[] => turnsOf(l, count, turns, written, setting)
    const totals = written.flatMap((root) => root.totals)
    const loops = (): readonly Statement[] => {
      if (last < 0) return body(one, 1)
      if (!isInVectors) return loopsOver(last, 1, () => body(one, 1))
      const step = atOnce * vectors.count
      const [vector, rest] = loopsOver(last, step, (each) =>
        each > 1 ? body(vectors, atOnce) : body(one, 1),
      )
      if (rows && last === overRows) return [...(rows.isMany ? summing(vector!, totals) : [vector!]), rest!]
      const end = length - (length % step)
      return [...(end > 0 ? summing(vector!, totals, end) : []), ...(rest ? [rest] : [])]
    }
    return [...own.flatMap(begun), ...loops(), ...own.flatMap(ended)]
  }
  const loopFrom = (depth: number): readonly Statement[] => {
    if (depth >= last) return innermost(1)
    const own = outer.filter(({ start }) => start === depth)
    const isAround = depth === last - 1
    const inner = (turns: number): readonly Statement[] => (isAround ? innermost(turns) : loopFrom(depth + 1))
    return [...own.flatMap(begun), ...loopsOver(depth, isAround ? jam : 1, inner), ...own.flatMap(ended)]
  }
  const partial = placed.filter(({ isPartial }) => isPartial)
  const isOfPiece = ({ isOverRows }: (typeof placed)[number]): boolean =>
    isOverRows && rows?.shifts !== undefined
  return {
    before: begins(partial.filter((root) => !isOfPiece(root))),
    beforePiece: begins(partial.filter(isOfPiece)),
    loops: loopFrom(0),
  }
}

/** What an element of all roots takes: instructions, and how many numbers are read and written. */
export function costOfElement(
  roots: readonly Root[],
  domain: Shape,
  target: Target,
  isStored: (node: Node) => boolean,
): { readonly instructions: number; readonly accesses: number } {
  const isRead = (node: Node): boolean =>
    isStored(node) && !roots.some((root) => root.source === node && root.node === node)
  const { nodes, accesses } = readsOf(roots, domain, isRead)
  return {
    instructions: perElement(nodes, target.lanes.precision),
    accesses: accesses.length + roots.length,
  }
}

/** The instructions that an element of all nodes takes. */
function perElement(nodes: Iterable<Node>, precision: Precision): number {
  let sum = 0
  for (const node of nodes) sum += instructionsOf([node], precision) / sizeOf(node.shape)
  return sum
}

function readsOf(roots: readonly Root[], domain: Shape, isRead: (node: Node) => boolean): Reads {
  const reads: Reads = { nodes: new Set(), accesses: [], indices: [] }
  for (const { node, source } of roots) {
    const place = ownPlace(domain)
    if (source !== node && isRead(source))
      reads.accesses.push({ node: source, at: flat(source.shape, place, domain.length) })
    else addReads(reads, source, place, domain.length, isRead)
  }
  return reads
}
