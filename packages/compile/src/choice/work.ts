import { isDrawn } from '../onnxEngine/early.ts'
import { multiplicationsOf } from '../graph/multiplications.ts'
import { sizeOf, type Node, type Shape } from '../graph/node.ts'
import { loopOf } from '../loop/loopNode.ts'

/** What there is to compute. */
export interface Work {
  /** Multiplications in products of matrices. */
  readonly products: number
  /** And in those of which one side has few rows or columns, as of vectors: each number that is read is used few times. */
  readonly thin: number
  /** And in convolutions. */
  readonly convolved: number
  /** Elements that are added, multiplied, compared, moved or summed. */
  readonly light: number
  /** Elements of functions that take many instructions, such as exp. */
  readonly heavy: number
  /** Numbers that are drawn. */
  readonly draws: number
  readonly operations: number
}

export const NOTHING: Work = {
  products: 0,
  thin: 0,
  convolved: 0,
  light: 0,
  heavy: 0,
  draws: 0,
  operations: 0,
}

/** Fewer rows or columns than fill the registers of a product's inner loop. */
const FEW = 8

/** Functions that take a few instructions an element. */
const LIGHT = new Set(
  (
    'abs add sub mul div neg square maximum minimum max min sign floor ceil round clip relu less lessEqual greater ' +
    'greaterEqual equal notEqual and or not where cast tile transpose slice pad concat gather scatterAdd pick unpick sum ' +
    'cumsum diag diagPart triangle reciprocal step'
  ).split(' '),
)

/** The shapes of what a convolution gives and of its filter, whichever of the two is computed, or what it is given. */
const CONVOLUTIONS: Readonly<Record<string, (node: Node) => readonly [y: Shape, filter: Shape]>> = {
  conv2d: ({ inputs, shape }) => [shape, inputs[1]!.shape],
  convTranspose2d: ({ inputs }) => [inputs[0]!.shape, inputs[1]!.shape],
  conv2dFilter: ({ inputs, shape }) => [inputs[1]!.shape, shape],
}

/** Nodes that are told of, but not computed. */
const NONE = new Set([
  'input',
  'constant',
  'reshape',
  'loopResult',
  'variable',
  'stopGradient',
  'customGradient',
])

/** The work of nodes, of loops that of all their steps. */
export function workOf(nodes: readonly Node[]): Work {
  return nodes.reduce((sum, node) => plus(sum, workOfNode(node)), NOTHING)
}

export function plus(a: Work, b: Work, times = 1): Work {
  return {
    products: a.products + times * b.products,
    thin: a.thin + times * b.thin,
    convolved: a.convolved + times * b.convolved,
    light: a.light + times * b.light,
    heavy: a.heavy + times * b.heavy,
    draws: a.draws + times * b.draws,
    operations: a.operations + times * b.operations,
  }
}

function workOfNode(node: Node): Work {
  const { op, inputs, shape } = node
  if (NONE.has(op)) return NOTHING
  if (op === 'loop') {
    const loop = loopOf(node)
    return plus(NOTHING, workOf(loop.nodes), loop.count)
  }
  const one = { ...NOTHING, operations: 1 }
  // What reduces or multiplies reads more than it makes.
  const size = Math.max(sizeOf(shape), ...inputs.map((x) => sizeOf(x.shape)))
  if (op === 'matMul') {
    const products = multiplicationsOf(node)
    return Math.min(shape.at(-1)!, shape.at(-2)!) < FEW ? { ...one, thin: products } : { ...one, products }
  }
  const convolution = CONVOLUTIONS[op]?.(node)
  if (convolution) {
    const [y, filter] = convolution
    return { ...one, convolved: (sizeOf(y) * sizeOf(filter)) / Math.max(1, filter.at(-1)!) }
  }
  if (isDrawn(node)) return { ...one, draws: sizeOf(shape) }
  return LIGHT.has(op) ? { ...one, light: size } : { ...one, heavy: size }
}
