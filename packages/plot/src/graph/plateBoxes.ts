import type { DirectedGraph, DirectedPlate } from './directedGraph.ts'

/** A rectangle to be drawn: a plate, or a piece of one that no single rectangle can show. */
export interface PlateBox {
  readonly plate: DirectedPlate
  readonly members: ReadonlySet<string>
}

/** Boxes that cross, directly or by others in between, and the parts that they cut each other into, from left to right. */
export interface Component {
  readonly boxes: readonly PlateBox[]
  readonly parts: readonly Part[]
}

/** The nodes that are in the same boxes of a component. */
export interface Part {
  readonly boxes: readonly PlateBox[]
  readonly members: ReadonlySet<string>
}

/** Beyond so many parts no order is looked for. */
const MOST_PARTS = 9

/**
 * The plates as rectangles in components of which each has an order of its parts in which every box is without a gap, so that
 * rectangles can show who is in which. Where there is none, as where three plates cross, one of them is cut into pieces.
 */
export function componentsOf({ nodes, plates }: DirectedGraph): readonly Component[] {
  const whole = plates.map((plate) => ({
    plate,
    members: new Set(nodes.filter((node) => node.plates.includes(plate.name)).map(({ name }) => name)),
  }))
  let boxes: readonly PlateBox[] = whole.filter(({ members }) => members.size > 0)
  for (;;) {
    const found = crossing(boxes).map((own) => ({ boxes: own, parts: inOrder(partsOf(own)) }))
    const knot = found.find(({ parts }) => parts === undefined)
    if (knot === undefined) return found as readonly Component[]
    boxes = cut(boxes, knot.boxes)
  }
}

/** The connected components of the relation "share nodes, and neither holds all of the other". */
function crossing(boxes: readonly PlateBox[]): readonly (readonly PlateBox[])[] {
  const left = new Set(boxes)
  const components: PlateBox[][] = []
  for (const first of left) {
    left.delete(first)
    const component = [first]
    for (const box of component)
      for (const other of left) if (cross(box, other) && left.delete(other)) component.push(other)
    components.push(boxes.filter((box) => component.includes(box)))
  }
  return components
}

function cross({ members: a }: PlateBox, { members: b }: PlateBox): boolean {
  const shared = [...a].filter((name) => b.has(name)).length
  return shared > 0 && shared < a.size && shared < b.size
}

function partsOf(boxes: readonly PlateBox[]): readonly Part[] {
  const parts = new Map<string, { boxes: readonly PlateBox[]; members: Set<string> }>()
  for (const name of new Set(boxes.flatMap(({ members }) => [...members]))) {
    const own = boxes.filter(({ members }) => members.has(name))
    const id = own.map((box) => boxes.indexOf(box)).join()
    const part = parts.get(id) ?? { boxes: own, members: new Set() }
    parts.set(id, part)
    part.members.add(name)
  }
  return [...parts.values()]
}

/** The parts in an order in which no box ends and begins again, found by trying; undefined if there is none. */
function inOrder(parts: readonly Part[]): readonly Part[] | undefined {
  if (parts.length > MOST_PARTS) return undefined
  const extend = (begun: readonly Part[], ended: ReadonlySet<PlateBox>): readonly Part[] | undefined => {
    if (begun.length === parts.length) return begun
    for (const next of parts) {
      if (begun.includes(next) || next.boxes.some((box) => ended.has(box))) continue
      const ends = begun.at(-1)?.boxes.filter((box) => !next.boxes.includes(box)) ?? []
      const found = extend([...begun, next], new Set([...ended, ...ends]))
      if (found !== undefined) return found
    }
    return undefined
  }
  return extend([], new Set())
}

/** The box of a component that falls into the fewest pieces, the last of those, as pieces that cross none of the others. */
function cut(boxes: readonly PlateBox[], component: readonly PlateBox[]): readonly PlateBox[] {
  const choices = component.map((box) => {
    const others = partsOf(component.filter((other) => other !== box))
    const rest = new Set([...box.members].filter((name) => !others.some(({ members }) => members.has(name))))
    const pieces = [...others.map(({ members }) => members), rest]
      .map((members) => new Set([...box.members].filter((name) => members.has(name))))
      .filter(({ size }) => size > 0)
    return { box, pieces }
  })
  const { box, pieces } = choices.reduceRight((best, choice) =>
    choice.pieces.length < best.pieces.length ? choice : best,
  )
  return boxes.flatMap((other) =>
    other === box ? pieces.map((members) => ({ plate: box.plate, members })) : [other],
  )
}
