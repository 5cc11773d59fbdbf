import { FONT_SIZE } from '../theme.ts'
import type { DirectedNode, NodeKind } from './directedGraph.ts'
import { textWidth } from './textWidth.ts'

/** How a node looks, around its centre; sides in pixels. */
export interface NodeShape {
  readonly width: number
  readonly height: number
  /** Of its corners: half of its height for circles, and for those that a long name makes wider. */
  readonly radius: number
  /** Where the middle of its name is, below the centre. */
  readonly nameAt: number
  /** What it needs to its left and right, above and below, with its name. */
  readonly reach: { readonly aside: number; readonly above: number; readonly below: number }
}

const CIRCLE = 46
const FUNCTION = 32
/** Small marks that have their name beside them. */
const MARKS: Partial<Record<NodeKind, { readonly side: number; readonly isRound: boolean }>> = {
  param: { side: 9, isRound: true },
  input: { side: 11, isRound: true },
  factor: { side: 11, isRound: false },
}

/** Half of a line of text, and what is left between a mark and its name. */
const [HALF_LINE, NAME_GAP] = [8, 4]

export function nodeShape({ kind, name }: Pick<DirectedNode, 'kind' | 'name'>): NodeShape {
  const text = textWidth(name, FONT_SIZE.text)
  const mark = MARKS[kind]
  if (mark !== undefined) {
    const { side, isRound } = mark
    const name = side / 2 + NAME_GAP + 2 * HALF_LINE
    // Nothing leads into what is given, and nothing out of a factor: there is room for the name.
    const [above, below] = kind === 'factor' ? [side / 2, name] : [name, side / 2]
    const nameAt = (kind === 'factor' ? 1 : -1) * (name - HALF_LINE)
    const reach = { aside: Math.max(side, text) / 2, above, below }
    return { width: side, height: side, radius: isRound ? side / 2 : 0, nameAt, reach }
  }
  const isFunction = kind === 'network'
  const height = isFunction ? FUNCTION : CIRCLE
  const fits = isFunction || text <= CIRCLE - 8
  const width = isFunction ? text + 20 : fits ? CIRCLE : text + 28
  const reach = { aside: width / 2, above: height / 2, below: height / 2 }
  return { width, height, radius: isFunction ? 4 : height / 2, nameAt: 0, reach }
}

/** Whether a point, seen from the centre, is within a shape. */
export function isWithin({ width, height, radius }: NodeShape, x: number, y: number): boolean {
  const [dx, dy] = [Math.abs(x) - width / 2 + radius, Math.abs(y) - height / 2 + radius]
  return dx <= 0 || dy <= 0 ? dx <= radius && dy <= radius : Math.hypot(dx, dy) <= radius
}
