import { sizeOf, type Node, type Shape } from '../../graph/node.ts'
import type { Lanes } from '../../wasm/lanes.ts'
import { repeat, variable, whole, type Loop, type Statement } from '../../wasm/statement.ts'
import { I32, value, type Value } from '../../wasm/value.ts'
import { combine, ofNone } from '../combine.ts'
import { minus, times } from '../routines/integers.ts'
import type { Target } from '../target.ts'
import { dimensionsOf, inDimensions } from './dimensions.ts'
import { Elements, type Setting } from './elements.ts'
import { filling } from './filling.ts'
import { flat, ownPlace, type Linear } from './linear.ts'
import { Memory } from './memory.ts'
import { addReads, isVectorial, type Reads } from './reads.ts'
import type { Root } from './root.ts'
import { sumsFor, summing, Total } from './totals.ts'

/** The part of the first axis of a domain that loops go over. */
export interface Rows {
  readonly from: Value
  readonly until: Value
}

/** Code of loops: what sets results to what they begin with, to be done once, and the loops. */
export interface Nest {
  readonly before: readonly Statement[]
  readonly loops: readonly Statement[]
}

/** A root in the loops. */
interface Written extends Root {
  readonly at: Linear
  /** From this loop on everything is summed up in variables; as many as there are loops if the innermost is kept. */
  readonly start: number
  /** Whether it is combined with what is in memory, because a loop further out is reduced as well. */
  readonly isPartial: boolean
  readonly total?: Total
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
      reduction ? filling(node, (l) => ofNone(l, reduction, node.dtype), target) : [],
    )
  if (sizeOf(domain) === 0) return { before: begins(roots), loops: [] }

  const isRead = (node: Node): boolean =>
    isStored(node) && !roots.some((root) => root.source === node && root.node === node)
  const reads = readsOf(roots, domain, isRead)
  const dimensions = dimensionsOf(domain, [
    ...reads.accesses.map(({ at }) => at),
    ...roots.map(({ to }) => to),
  ])
  const indices = dimensions.map(() => variable(I32))
  const memory = new Memory(indices)
  const setting: Setting = { target, domain, dimensions, memory, isStored: isRead }
  const last = dimensions.length - 1
  const length = dimensions[last]?.length ?? 1
  const { lanes: one, vectors } = target

  const placed = roots.map((root) => {
    const at = inDimensions(root.to, dimensions)
    const isReduced = at.coefficients.map((c) => root.reduction !== undefined && c === 0)
    const start = isReduced.findLastIndex((reduced) => !reduced) + 1
    const overRows = rows !== undefined && isReduced[rowsAmong()] === true
    return { ...root, at, start, isPartial: overRows || isReduced.slice(0, start).includes(true) }
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
  const summed = placed.filter(({ reduction, start }) => reduction && start <= last)
  const atOnce = isInVectors ? sumsFor(summed.length, length, vectors.count) : 1
  const written = placed.map((root): Written =>
    summed.includes(root) ? { ...root, total: new Total(root, target, isInVectors ? atOnce : 0) } : root,
  )
  const totals = written.flatMap(({ total }) => (total ? [total] : []))

  /** Among the loops, the one that goes over the first axis. */
  function rowsAmong(): number {
    const axes = dimensions.map(({ axis }) => axis)
    return axes.indexOf(Math.min(...axes))
  }

  /** What one turn of the innermost loop does, or several at once. */
  const body = (l: Lanes, turns: number): readonly Statement[] =>
    Array.from({ length: turns }, (_, turn) => {
      const ahead = turn * l.count
      const elements = new Elements(l, setting, ahead)
      return written.map((root): Statement => {
        const { node, source, at, isPartial, reduction, total } = root
        const x = source === node ? elements.own(node) : elements.at(source, ownPlace(domain))
        if (total) return total.add(l, turn, x)
        const sum = isPartial ? combine(l, reduction!, node.dtype, fresh(elements.load(node, at)), x) : x
        return memory.store(l, node.dtype, target.address(node), at, ahead, sum)
      })
    }).flat()

  /** From where to where a loop goes. */
  const rangeOf = (depth: number): readonly [from: Value, until: Value] => {
    const turns = dimensions[depth]!.length
    if (!rows || depth !== rowsAmong()) return [whole(0), whole(turns)]
    const perRow = turns / domain[0]!
    return [times(rows.from, perRow), times(rows.until, perRow)]
  }
  const loopOver = (depth: number, inner: readonly Statement[]): Loop => {
    const [from, to] = rangeOf(depth)
    return { index: indices[depth]!, from, to, step: 1, mayBeEmpty: false, body: inner }
  }
  const innermost = (): readonly Statement[] => {
    if (last < 0) return body(one, 1)
    const step = atOnce * vectors.count
    if (!isInVectors) return [loopOver(last, body(one, 1))]
    const index = indices[last]!
    if (rows && last === rowsAmong()) {
      const [from, until] = rangeOf(last)
      const rest = value(I32, [0x70], [minus(until, from), whole(step)])
      const end = minus(until, rest)
      return [
        { index, from, to: end, step, mayBeEmpty: true, body: body(vectors, atOnce) },
        { index, from: end, to: until, step: 1, mayBeEmpty: true, body: body(one, 1) },
      ]
    }
    const end = length - (length % step)
    return [
      ...(end > 0 ? summing(repeat(index, 0, end, step, body(vectors, atOnce)), end, totals) : []),
      ...(end < length ? [repeat(index, end, length, 1, body(one, 1))] : []),
    ]
  }
  const loopFrom = (depth: number): readonly Statement[] => {
    const ending = written.filter(({ total, start }) => total && start === depth)
    return [
      ...ending.flatMap(({ total }) => total!.begin()),
      ...(depth < last ? [loopOver(depth, loopFrom(depth + 1))] : innermost()),
      ...ending.map(({ node, at, isPartial, reduction, total }) => {
        const rest = isPartial ? fresh(new Elements(one, setting, 0).load(node, at)) : undefined
        const sum = rest ? combine(one, reduction!, node.dtype, rest, total!.result()) : total!.result()
        return memory.store(one, node.dtype, target.address(node), at, 0, sum)
      }),
    ]
  }
  return { before: begins(written.filter(({ isPartial }) => isPartial)), loops: loopFrom(0) }
}

/** What is read where the loops write it, too. */
function fresh(x: Value): Value {
  return { ...x, isFresh: true }
}

function readsOf(roots: readonly Root[], domain: Shape, isRead: (node: Node) => boolean): Reads {
  const reads: Reads = { nodes: new Set(), accesses: [] }
  for (const { node, source } of roots) {
    const place = ownPlace(domain)
    if (source !== node && isRead(source))
      reads.accesses.push({ node: source, at: flat(source.shape, place, domain.length) })
    else addReads(reads, source, place, domain.length, isRead)
  }
  return reads
}
