import { sizeOf, type Node, type Shape } from '../../graph/node.ts'
import { vectorCode } from '../../wasm/instructions.ts'
import type { Lanes } from '../../wasm/lanes.ts'
import { repeat, variable, whole, type Statement, type Variable } from '../../wasm/statement.ts'
import { I32, value, type Value } from '../../wasm/value.ts'
import { combine, ofNone, type Reduction } from '../combine.ts'
import type { Target } from '../target.ts'
import { dimensionsOf, inDimensions } from './dimensions.ts'
import { Elements, type Setting } from './elements.ts'
import { filling } from './filling.ts'
import { ownPlace, type Linear } from './linear.ts'
import { Memory } from './memory.ts'
import { addReads, isVectorial, type Reads } from './reads.ts'
import type { Root } from './root.ts'

/** Independent sums of vectors: the processor adds to them at once. */
const SUMS = 4
/** So many elements are summed up before they are added to the total. */
const BLOCK = 4096

/** A root in the loops: where it goes, and how many of the innermost loops it is reduced over. */
interface Written extends Root {
  readonly at: Linear
  /** From this loop on everything is combined in variables; as many as there are loops if the innermost is kept. */
  readonly start: number
  /** Whether it is combined with what is in memory, because a loop further out is reduced as well. */
  readonly isPartial: boolean
  readonly one: Variable
  readonly vectors: readonly Variable[]
}

/** Nested loops over a domain that write all roots. */
export function nest(
  roots: readonly Root[],
  domain: Shape,
  target: Target,
  isStored: (node: Node) => boolean,
): readonly Statement[] {
  if (sizeOf(domain) === 0) {
    return roots.flatMap(({ node, reduction }) => (reduction ? fillOfNone(node, reduction, target) : []))
  }
  const isRead = (node: Node): boolean =>
    isStored(node) && !roots.some((root) => root.source === node && root.node === node)
  const reads: Reads = { nodes: new Set(), accesses: [] }
  for (const { node, source } of roots) {
    if (source !== node && isRead(source)) reads.accesses.push(own(source, domain))
    else addReads(reads, source, ownPlace(domain), domain.length, isRead)
  }
  const dimensions = dimensionsOf(domain, [
    ...reads.accesses.map(({ at }) => at),
    ...roots.map(({ to }) => to),
  ])
  const indices = dimensions.map(() => variable(I32))
  const memory = new Memory(indices)
  const setting: Setting = { target, domain, dimensions, memory, isStored: isRead }
  const last = dimensions.length - 1
  const { lanes: one, vectors } = target

  const written = roots.map((root): Written => {
    const at = inDimensions(root.to, dimensions)
    const isReduced = at.coefficients.map((c) => root.reduction !== undefined && c === 0)
    const start = isReduced.findLastIndex((reduced) => !reduced) + 1
    const isPartial = isReduced.slice(0, start).includes(true)
    const type = root.node.dtype === 'float32' ? one.type : I32
    const sums =
      root.node.dtype === 'float32' ? Array.from({ length: SUMS }, () => variable(vectors.type)) : []
    return { ...root, at, start, isPartial, one: variable(type), vectors: sums }
  })
  const sumsUp = written.some(({ reduction, start }) => reduction && start <= last)
  const length = dimensions[last]?.length ?? 1
  const isInVectors =
    length >= vectors.count &&
    [...reads.nodes].every(isVectorial) &&
    reads.accesses.every(({ node }) => node.dtype !== 'int32') &&
    written.every(
      ({ node, at, reduction, start }) =>
        node.dtype !== 'int32' &&
        (reduction ? node.dtype === 'float32' : true) &&
        (at.coefficients[last] === 1 || (reduction && start <= last)),
    )
  const atOnce = isInVectors && sumsUp && length >= SUMS * vectors.count ? SUMS : 1

  /** What one turn of the innermost loop does, or `turns` of them. */
  const body = (l: Lanes, turns: number): readonly Statement[] =>
    Array.from({ length: turns }, (_, turn) => {
      const ahead = turn * l.count
      const elements = new Elements(l, setting, ahead)
      return written.map((root): Statement => {
        const { node, source, at, start, isPartial, reduction } = root
        const x = source === node ? elements.own(node) : elements.at(source, ownPlace(domain))
        if (reduction && start <= last) {
          const total = l.isVector ? root.vectors[turn]! : root.one
          return { variable: total, to: combine(l, reduction, node.dtype, total.get, x) }
        }
        const sum = isPartial ? combine(l, reduction!, node.dtype, elements.load(node, at), x) : x
        return memory.store(l, node.dtype, target.address(node), at, ahead, sum)
      })
    }).flat()

  const innermost = (): readonly Statement[] => {
    if (last < 0) return body(one, 1)
    const step = atOnce * vectors.count
    const end = isInVectors ? length - (length % step) : 0
    const index = indices[last]!
    const turns = end > 0 ? body(vectors, atOnce) : []
    const sums = sumsUp ? written.flatMap((root) => (root.reduction && root.start <= last ? [root] : [])) : []
    return [
      ...(end > BLOCK && sums.length > 0
        ? inBlocks(index, end, step, turns, sums, target)
        : end > 0
          ? [repeat(index, 0, end, step, turns)]
          : []),
      ...(end < length ? [repeat(index, end, length, 1, body(one, 1))] : []),
    ]
  }
  const loopFrom = (depth: number): readonly Statement[] => {
    const ending = written.filter(({ reduction, start }) => reduction && start === depth && start <= last)
    return [
      ...ending.flatMap((root) => beginning(root, isInVectors ? atOnce : 0, target)),
      ...(depth < last
        ? [repeat(indices[depth]!, 0, dimensions[depth]!.length, 1, loopFrom(depth + 1))]
        : innermost()),
      ...ending.map((root) => {
        const { node, at, isPartial, reduction } = root
        const total = totalOf(root, isInVectors ? atOnce : 0, target)
        const rest = isPartial ? new Elements(one, setting, 0).load(node, at) : undefined
        const sum = rest ? combine(one, reduction!, node.dtype, rest, total) : total
        return memory.store(one, node.dtype, target.address(node), at, 0, sum)
      }),
    ]
  }
  const partial = written.filter(({ isPartial }) => isPartial)
  return [...partial.flatMap(({ node, reduction }) => fillOfNone(node, reduction!, target)), ...loopFrom(0)]
}

/** Before elements are combined with what is in memory. */
function fillOfNone(node: Node, reduction: Reduction, target: Target): readonly Statement[] {
  return filling(node, (l) => ofNone(l, reduction, node.dtype), target)
}

/** The loop over vectors block by block, each with sums of its own, so that rounding errors do not grow with the length. */
function inBlocks(
  index: Variable,
  end: number,
  step: number,
  turns: readonly Statement[],
  sums: readonly Written[],
  { vectors: v }: Target,
): readonly Statement[] {
  const block = variable(I32)
  const next = value(I32, [0x6a], [block.get, whole(BLOCK)])
  const until = value(I32, [0x1b], [next, whole(end), value(I32, [0x48], [next, whole(end)])])
  const totals = sums.flatMap(({ vectors, node, reduction }) =>
    vectors.map((sum) => ({ sum, total: variable(v.type), node, reduction: reduction! })),
  )
  return [
    ...totals.map(({ sum, total }) => ({ variable: total, to: sum.get })),
    repeat(block, 0, end, BLOCK, [
      ...totals.map(({ sum, node, reduction }) => ({ variable: sum, to: ofNone(v, reduction, node.dtype) })),
      { index, from: block.get, to: until, step, mayBeEmpty: false, body: turns },
      ...totals.map(({ sum, total, node, reduction }) => ({
        variable: total,
        to: combine(v, reduction, node.dtype, total.get, sum.get),
      })),
    ]),
    ...totals.map(({ sum, total }) => ({ variable: sum, to: total.get })),
  ]
}

function own(node: Node, domain: Shape): Reads['accesses'][number] {
  const coefficients = domain.map((_, axis) => sizeOf(domain.slice(axis + 1)))
  return { node, at: { coefficients, offset: 0 } }
}

function beginning(
  { one, vectors, reduction, node }: Written,
  used: number,
  target: Target,
): readonly Statement[] {
  return [
    { variable: one, to: ofNone(target.lanes, reduction!, node.dtype) },
    ...vectors
      .slice(0, used)
      .map((variable) => ({ variable, to: ofNone(target.vectors, reduction!, node.dtype) })),
  ]
}

/** All lanes of all sums, in pairs. */
function totalOf({ one, vectors, reduction, node }: Written, used: number, target: Target): Value {
  const { lanes: l, vectors: v } = target
  if (used === 0) return one.get
  const pairs = (items: readonly Value[], of: Lanes): Value => {
    if (items.length === 1) return items[0]!
    const half = items.length >>> 1
    return combine(of, reduction!, node.dtype, pairs(items.slice(0, half), of), pairs(items.slice(half), of))
  }
  const sums = pairs(
    vectors.slice(0, used).map(({ get }) => get),
    v,
  )
  const lane = (k: number): Value => value(l.type, [...vectorCode(l.isDouble ? 0x21 : 0x1f), k], [sums])
  const ofLanes = pairs(
    Array.from({ length: v.count }, (_, k) => lane(k)),
    l,
  )
  return combine(l, reduction!, node.dtype, one.get, ofLanes)
}
