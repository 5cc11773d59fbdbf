import { FONT_SIZE } from '../theme.ts'
import { arrange } from './arrange.ts'
import type { DirectedGraph, DirectedNode, DirectedPlate } from './directedGraph.ts'
import { nodeShape, type NodeShape } from './nodeShape.ts'
import { gapsOf } from './gapsOf.ts'
import { placeAcross, SIDE, type Sides } from './placeAcross.ts'
import type { PlateBox } from './plateBoxes.ts'
import { straighten } from './straighten.ts'
import { BOTTOM, placeDown } from './placeDown.ts'
import { namesIn, plateTree, type Region } from './plateTree.ts'
import { textWidth } from './textWidth.ts'

export interface PlacedNode {
  readonly node: DirectedNode
  readonly shape: NodeShape
  /** Whether it reads its own value of the step before. */
  readonly hasLoop: boolean
  readonly x: number
  readonly y: number
}

export interface PlacedPlate {
  readonly plate: DirectedPlate
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  /** Its name and size, in a lower corner. */
  readonly label: {
    readonly text: string
    readonly left: number
    readonly right: number
    readonly middle: number
  }
}

export interface PlacedGraph {
  readonly nodes: readonly PlacedNode[]
  /** The outermost first; a plate that no rectangle can show is there in pieces. */
  readonly plates: readonly PlacedPlate[]
}

/** Pixels beside the text of a plate. */
const TEXT_INSET = 10
/** What the loop of a node that reads its own value of the step before takes beside it, in pixels. */
export const LOOP = 40

/** How often nodes are made wider: a wider one may change the order, and with it the corner of a name. */
const PASSES = 4

/** Where everything is, in pixels from anywhere. */
export function placeGraph(graph: DirectedGraph): PlacedGraph {
  const tree = plateTree(graph)
  const shapes = new Map(graph.nodes.map((node) => [node.name, nodeShape(node)]))
  const loops = new Set(graph.edges.filter(({ from, to }) => from === to).map(({ to }) => to))
  const widths = new Map(
    [...shapes].map(([name, { reach }]) => [name, 2 * (reach.aside + (loops.has(name) ? LOOP : 0))]),
  )
  let across = placeNodes(graph, tree, widths)
  // Where a plate is too narrow for its name, all is arranged again with a wider node in it.
  for (let pass = 0; pass < PASSES && widen(across.boxes, widths); pass++)
    across = placeNodes(graph, tree, widths)
  const down = placeDown(tree, across.row, shapes)
  const nodes = graph.nodes.map((node) => {
    const { name } = node
    return {
      node,
      shape: shapes.get(name)!,
      hasLoop: loops.has(name),
      x: across.x.get(name)!,
      y: down.y.get(name)!,
    }
  })
  const plates = [...across.boxes].toReversed().map(([box, { span, nameAt }]): PlacedPlate => {
    const [[left, right], [top, bottom]] = [span, down.boxes.get(box)!]
    const { plate } = box
    const text = textOf(plate)
    const width = textWidth(text, FONT_SIZE.text)
    const start = nameAt === 'left' ? left + TEXT_INSET : right - TEXT_INSET - width
    const label = { text, left: start, right: start + width, middle: bottom - BOTTOM / 2 }
    return { plate, left, top, right, bottom, label }
  })
  return { nodes, plates }
}

interface Across {
  readonly x: ReadonlyMap<string, number>
  readonly row: ReadonlyMap<string, number>
  readonly boxes: ReadonlyMap<PlateBox, Sides>
}

function placeNodes(graph: DirectedGraph, tree: Region, widths: ReadonlyMap<string, number>): Across {
  const arranged = arrange(graph, tree, widths)
  const x = straighten(graph, arranged.x, gapsOf(tree, arranged, widths))
  return { x, row: arranged.row, boxes: placeAcross(tree, x, widths) }
}

/** Makes nodes wider in regions that have not enough room for the name of a plate; whether there were any. */
function widen(boxes: Across['boxes'], widths: Map<string, number>): boolean {
  const narrow = [...boxes].filter(([{ plate }, { room }]) => room < neededBy(plate) - 0.5)
  for (const [{ plate }, { region }] of narrow) {
    const [name] = namesIn(region)
    widths.set(name!, Math.max(widths.get(name!)!, neededBy(plate) - SIDE))
  }
  return narrow.length > 0
}

function neededBy(plate: DirectedPlate): number {
  return textWidth(textOf(plate), FONT_SIZE.text) + 2 * TEXT_INSET
}

function textOf({ name, size, isChain }: DirectedPlate): string {
  return isChain ? `${name} (1, …, ${size})` : `${name} (${size})`
}
