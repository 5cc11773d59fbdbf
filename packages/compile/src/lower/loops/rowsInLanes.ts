import { sizeOf, type Node, type Shape } from '../../graph/node.ts'
import type { Lanes } from '../../wasm/lanes.ts'
import { repeat, variable, whole, type Loop, type Statement } from '../../wasm/statement.ts'
import { fresh, I32, value, type Value } from '../../wasm/value.ts'
import { combine, ofNone } from '../combine.ts'
import { minus, times } from '../routines/integers.ts'
import type { Target } from '../target.ts'
import { pairwise } from '../terms.ts'
import { Elements, type Kept, type Setting } from './elements.ts'
import { filling } from './filling.ts'
import { ownPlace, type Place } from './linear.ts'
import { Memory } from './memory.ts'
import type { Nest, Rows } from './nest.ts'
import type { RowAxes } from './rowAxes.ts'
import type { Root } from './root.ts'
import { summing, Total } from './totals.ts'

/** Loops over rows, of which vectors hold an element each. */
export function rowsInLanes(
  roots: readonly Root[],
  domain: Shape,
  { first, axis, rows: count }: RowAxes,
  target: Target,
  isStored: (node: Node) => boolean,
  range?: Rows,
): Nest {
  const { lanes: one, vectors } = target
  const index = variable(I32)
  const shifts = range?.shifts
  const dimensions = [{ length: count, axis }]
  const setting: Setting = { target, domain, dimensions, memory: new Memory([index], shifts), isStored }
  const places = placesOf(domain, first)
  const isWritten = new Set(roots.map(({ node }) => node))
  /** Where each root is written, and what for, by the elements of a row; what is summed over rows has totals. */
  const written = roots.map((root) => {
    const cells = new Map<number, Place[]>()
    for (const place of places) {
      const at = place.reduce(
        (sum, { offset }, k) => (k < first ? sum : sum + offset * root.to.coefficients[k]!),
        root.to.offset,
      )
      cells.set(at, [...(cells.get(at) ?? []), place])
    }
    const step = root.to.coefficients[axis]!
    const isTotal = root.reduction !== undefined && step === 0
    return [...cells].map(([offset, of]) => ({
      root,
      of,
      at: { coefficients: [step], offset },
      total: isTotal ? new Total(root, target, 1) : undefined,
    }))
  })
  const all = written.flat()
  const totals = all.flatMap(({ total }) => total ?? [])
  const body = (l: Lanes): readonly Statement[] => {
    const reading: Statement[] = []
    const kept: Kept = (node, read) => {
      if (isWritten.has(node)) return read
      const x = variable(read.type)
      reading.push({ variable: x, to: read })
      return x.get
    }
    const elements = new Elements(l, setting, 0, 0, kept)
    const values = all.map(({ root, of }) =>
      pairwise(
        of.map((place) => elements.at(root.source, place)),
        (a, b) => combine(l, root.reduction!, root.node.dtype, a, b),
      ),
    )
    const writing = all.flatMap(({ root, at, total }, i) =>
      total ? [total.add(l, 0, values[i]!)] : elements.scatter(root.node, at, values[i]!),
    )
    return [...reading, ...writing]
  }
  const ends = all.flatMap(({ root: { node, reduction }, at, total }) => {
    if (!total) return []
    const elements = new Elements(one, setting, 0)
    const before = range && fresh(elements.load(node, at))
    const sum = total.result()
    return [elements.store(node, at, before ? combine(one, reduction!, node.dtype, before, sum) : sum)]
  })
  const begun = range ? roots.filter(({ to }) => to.coefficients[axis] === 0) : []
  const before = begun.flatMap(({ node, reduction }) =>
    filling(node, (l) => ofNone(l, reduction!, node.dtype), target, shifts),
  )
  return {
    before: shifts ? [] : before,
    beforePiece: shifts ? before : [],
    loops: [...totals.flatMap((total) => total.begin()), ...loopsOver(), ...ends],
  }

  function loopsOver(): readonly Statement[] {
    const step = vectors.count
    if (range) {
      const perRow = count / range.of
      const [from, until] = [times(range.from, perRow), times(range.until, perRow)]
      const end = minus(until, value(I32, [0x70], [minus(until, from), whole(step)]))
      const loop = (from: Value, to: Value, l: Lanes): Loop => {
        return { index, from, to, step: l.count, mayBeEmpty: true, body: body(l) }
      }
      const overVectors = loop(from, end, vectors)
      return [...(range.isMany ? summing(overVectors, totals) : [overVectors]), loop(end, until, one)]
    }
    const end = count - (count % step)
    return [
      ...summing(repeat(index, 0, end, step, body(vectors)), totals, end),
      ...(end < count ? [repeat(index, end, count, 1, body(one))] : []),
    ]
  }
}

/** The places of a row's elements, which are numbers along their axes. */
function placesOf(domain: Shape, first: number): readonly Place[] {
  const own = ownPlace(domain)
  return Array.from({ length: sizeOf(domain.slice(first)) }, (_, i) =>
    own.map((at, axis) => {
      if (axis < first) return at
      const behind = sizeOf(domain.slice(axis + 1))
      return { coefficients: domain.map(() => 0), offset: Math.floor(i / behind) % domain[axis]! }
    }),
  )
}
