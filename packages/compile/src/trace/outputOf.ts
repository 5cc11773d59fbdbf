import type { TensorType } from '@variate/core/ops'
import { convolvedShape, type Attributes, type Kernel } from '@variate/core/internal'
import { broadcastShapes } from '@variate/core/ops'
import { ShapeError, UnsupportedError } from '@variate/core'
import { sizeOf, type Node, type Shape } from '../graph/node.ts'

type Output = readonly [shape: Shape, dtype: TensorType]
type Rule = (inputs: readonly Node[], attributes: Attributes) => Output

const same: Rule = ([x]) => [x!.shape, x!.dtype]
const batch = (x: Node, rank: number): Shape => x.shape.slice(0, x.shape.length - rank)
const reduced =
  (op: string, attribute: string): Rule =>
  ([x], attributes) => {
    const axes = attributes[attribute] as Shape
    for (const axis of axes) checkAxis(op, x!, axis)
    return [x!.shape.filter((_, axis) => !axes.includes(axis)), x!.dtype]
  }
const asTold: Rule = (_, { shape, dtype }) => [shape as Shape, (dtype ?? 'float32') as TensorType]
const termsSummed: Rule = (inputs) => [
  broadcastShapes(inputs.map(({ shape }) => shape)).slice(0, -1),
  'float32',
]
const matrixBatch = (inputs: readonly Node[], ranks: readonly number[]): Shape =>
  broadcastShapes(inputs.map((x, i) => batch(x, ranks[i]!)))

function check(isRight: boolean, message: string): void {
  if (!isRight) throw new ShapeError(message)
}

function checkAxis(op: string, { shape }: Node, axis: number): void {
  const isAxis = Number.isInteger(axis) && axis >= 0 && axis < shape.length
  check(isAxis, `${op}: axis must be one of shape [${shape}], got ${axis}`)
}

/** What the kernels of core that are not elementwise give: shapes and types, by name. */
const RULES: Readonly<Record<string, Rule>> = {
  constant: asTold,
  cast: ([x], { dtype }) => [x!.shape, dtype as TensorType],
  stopGradient: same,
  variable: same,
  // Of the first of its inputs.
  customGradient: same,
  reshape: ([x], { shape }) => {
    const given = shape as Shape
    const size = sizeOf(x!.shape)
    const known = sizeOf(given.filter((length) => length >= 0))
    const out = given.map((length) => (length === -1 ? size / known : length))
    const isRight = out.every((length) => Number.isInteger(length) && length >= 0) && sizeOf(out) === size
    check(isRight, `reshape: shape [${x!.shape}] has ${size} elements, [${given}] has ${known}`)
    return [out, x!.dtype]
  },
  transpose: ([x], { perm }) => {
    const order = perm as Shape
    const isOrder = order.length === x!.shape.length && x!.shape.every((_, axis) => order.includes(axis))
    check(
      isOrder,
      `transpose: the order of the axes of shape [${x!.shape}] must name each once, got [${order}]`,
    )
    return [order.map((axis) => x!.shape[axis]!), x!.dtype]
  },
  tile: ([x], { reps }) => [x!.shape.map((length, axis) => length * (reps as Shape)[axis]!), x!.dtype],
  sum: reduced('sum', 'axis'),
  max: reduced('max', 'reductionIndices'),
  logSumExp: (inputs, attributes) => [reduced('logSumExp', 'axis')(inputs, attributes)[0], 'float32'],
  where: ([, a]) => [a!.shape, a!.dtype],
  concat: (inputs, attributes) => {
    const axis = attributes['axis'] as number
    const [first] = inputs as readonly [Node]
    checkAxis('concat', first, axis)
    for (const { shape, dtype } of inputs) {
      check(
        shape.length === first.shape.length &&
          shape.every((length, i) => i === axis || length === first.shape[i]),
        `concat: shapes [${first.shape}] and [${shape}] must be equal but for axis ${axis}`,
      )
      if (dtype === first.dtype) continue
      throw new UnsupportedError(
        `concat: tensors of ${first.dtype} and ${dtype} cannot be traced: cast them to one type`,
      )
    }
    return [
      first.shape.with(
        axis,
        inputs.reduce((sum, { shape }) => sum + shape[axis]!, 0),
      ),
      first.dtype,
    ]
  },
  slice: ([x], attributes) => {
    const { begin, size } = attributes as { begin: Shape; size: Shape }
    const isWithin =
      begin.length === x!.shape.length &&
      size.length === begin.length &&
      x!.shape.every(
        (length, axis) => begin[axis]! >= 0 && size[axis]! >= 0 && begin[axis]! + size[axis]! <= length,
      )
    check(isWithin, `slice: of shape [${x!.shape}]: begin [${begin}] and size [${size}] must lie within it`)
    return [size, x!.dtype]
  },
  pad: ([x], attributes) => {
    const paddings = attributes['paddings'] as readonly Shape[]
    check(
      paddings.length === x!.shape.length &&
        paddings.every((pair) => pair.length === 2 && pair.every((n) => Number.isInteger(n) && n >= 0)),
      `pad: of shape [${x!.shape}]: paddings must be a pair of whole numbers ≥ 0 for each axis, got ${JSON.stringify(paddings)}`,
    )
    return [x!.shape.map((length, axis) => length + paddings[axis]![0]! + paddings[axis]![1]!), x!.dtype]
  },
  gather: ([x, indices], { axis }) => {
    checkAxis('gather', x!, axis as number)
    return [x!.shape.toSpliced(axis as number, 1, ...indices!.shape), x!.dtype]
  },
  scatterAdd: asTold,
  pick: ([x, indices]) => [broadcastShapes([batch(x!, 1), indices!.shape]), x!.dtype],
  unpick: asTold,
  cumsum: ([x]) => [x!.shape, x!.dtype === 'int32' ? 'int32' : 'float32'],
  searchSorted: ([x, values]) => [broadcastShapes([batch(x!, 1), values!.shape]), 'float32'],
  matMul: ([a, b], { transposeA, transposeB }) => [
    [
      ...matrixBatch([a!, b!], [2, 2]),
      a!.shape.at(transposeA ? -1 : -2)!,
      b!.shape.at(transposeB ? -2 : -1)!,
    ],
    'float32',
  ],
  conv2d: ([x, filter], attributes) => [convolvedShape(x!.shape, filter!.shape, attributes), 'float32'],
  conv2dFilter: (_, { filterShape }) => [filterShape as Shape, 'float32'],
  convTranspose2d: (_, { inputShape }) => [inputShape as Shape, 'float32'],
  cholesky: same,
  choleskyGradient: ([l, d]) => [[...matrixBatch([l!, d!], [2, 2]), ...l!.shape.slice(-2)], 'float32'],
  triangle: same,
  diagPart: ([a]) => [a!.shape.slice(0, -1), a!.dtype],
  diag: ([v]) => [[...v!.shape, v!.shape.at(-1)!], v!.dtype],
  logDeterminant: ([a]) => [batch(a!, 2), 'float32'],
  isPositiveDefinite: ([a]) => [batch(a!, 2), 'bool'],
  triangularSolve: ([t, b]) => [[...matrixBatch([t!, b!], [2, 2]), ...b!.shape.slice(-2)], 'float32'],
  solvePositive: ([a, b]) => [[...matrixBatch([a!, b!], [2, 2]), ...b!.shape.slice(-2)], 'float32'],
  squaredMahalanobis: ([a, d]) => [matrixBatch([a!, d!], [2, 1]), 'float32'],
  linearRecurrence: ([c, x]) => [[...matrixBatch([c!, x!], [1, 1]), x!.shape.at(-1)!], 'float32'],
  logGammaTerms: termsSummed,
  logPoissonTerms: termsSummed,
  logGumbelSoftmax: termsSummed,
  key: () => [[2], 'int32'],
  foldInKey: () => [[2], 'int32'],
  splitKey: (_, { count }) => [[count as number, 2], 'int32'],
}

const TYPES: readonly string[] = ['float32', 'int32', 'bool']

/**
 * The shape and the type of what a kernel gives.
 *
 * @throws ShapeError for shapes that do not fit; UnsupportedError for ops and types that cannot be traced.
 */
export function outputOf(
  op: string,
  kernel: Kernel,
  inputs: readonly Node[],
  attributes: Attributes,
): Output {
  const output = ruled(op, kernel, inputs, attributes)
  const alien = [...inputs.map(({ dtype }) => dtype), output[1]].find((dtype) => !TYPES.includes(dtype))
  if (alien === undefined) return output
  throw new UnsupportedError(
    `compile: ${op} of ${alien} cannot be traced: tensors must be of ${TYPES.join(', ')}`,
  )
}

function ruled(op: string, kernel: Kernel, inputs: readonly Node[], attributes: Attributes): Output {
  if (kernel.elementwise) {
    const constants = attributes['constants'] as readonly (number | null)[]
    return [
      broadcastShapes(
        inputs.map(({ shape }) => shape),
        op,
      ),
      kernel.elementwise.typeOf(inputs, constants),
    ]
  }
  const rule = RULES[op] ?? (op.startsWith('draw') || op.startsWith('each ') ? asTold : undefined)
  if (!rule) throw new UnsupportedError(`compile: '${op}' cannot be traced`)
  return rule(inputs, attributes)
}
