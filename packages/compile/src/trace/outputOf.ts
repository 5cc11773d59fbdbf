import type { TensorType } from '@variate/core/ops'
import type { Attributes, Kernel } from '@variate/core/internal'
import { broadcastShapes } from '@variate/core/ops'
import { UnsupportedError } from '@variate/core'
import type { Node, Shape } from '../graph/node.ts'

type Output = readonly [shape: Shape, dtype: TensorType]
type Rule = (inputs: readonly Node[], attributes: Attributes) => Output

const same: Rule = ([x]) => [x!.shape, x!.dtype]
const batch = (x: Node, rank: number): Shape => x.shape.slice(0, x.shape.length - rank)
const without = (shape: Shape, axes: readonly number[]): Shape =>
  shape.filter((_, axis) => !axes.includes(axis))
const asTold: Rule = (_, { shape, dtype }) => [shape as Shape, (dtype ?? 'float32') as TensorType]
const matrixBatch = (inputs: readonly Node[], ranks: readonly number[]): Shape =>
  broadcastShapes(inputs.map((x, i) => batch(x, ranks[i]!)))

/** What the kernels of core that are not elementwise give: shapes and types, by name. */
const RULES: Readonly<Record<string, Rule>> = {
  constant: asTold,
  cast: ([x], { dtype }) => [x!.shape, dtype as TensorType],
  stopGradient: same,
  variable: same,
  reshape: ([x], { shape }) => {
    const given = shape as Shape
    const known = given.reduce((product, length) => (length < 0 ? product : product * length), 1)
    const size = x!.shape.reduce((product, length) => product * length, 1)
    return [given.map((length) => (length < 0 ? size / known : length)), x!.dtype]
  },
  transpose: ([x], { perm }) => [(perm as Shape).map((axis) => x!.shape[axis]!), x!.dtype],
  tile: ([x], { reps }) => [x!.shape.map((length, axis) => length * (reps as Shape)[axis]!), x!.dtype],
  sum: ([x], { axis }) => [without(x!.shape, axis as Shape), x!.dtype],
  max: ([x], { reductionIndices }) => [without(x!.shape, reductionIndices as Shape), x!.dtype],
  logSumExp: ([x], { axis }) => [without(x!.shape, axis as Shape), 'float32'],
  where: ([, a]) => [a!.shape, a!.dtype],
  concat: (inputs, { axis }) => {
    const length = inputs.reduce((sum, { shape }) => sum + shape[axis as number]!, 0)
    return [inputs[0]!.shape.with(axis as number, length), inputs[0]!.dtype]
  },
  slice: ([x], { size }) => [size as Shape, x!.dtype],
  pad: ([x], { paddings }) => [
    x!.shape.map((length, axis) => (paddings as Shape[])[axis]!.reduce((sum, n) => sum + n, length)),
    x!.dtype,
  ],
  gather: ([x, indices], { axis }) => [x!.shape.toSpliced(axis as number, 1, ...indices!.shape), x!.dtype],
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
  cholesky: same,
  triangle: same,
  diagPart: ([a]) => [a!.shape.slice(0, -1), a!.dtype],
  diag: ([v]) => [[...v!.shape, v!.shape.at(-1)!], v!.dtype],
  logDeterminant: ([a]) => [batch(a!, 2), 'float32'],
  isPositiveDefinite: ([a]) => [batch(a!, 2), 'bool'],
  triangularSolve: ([t, b]) => [[...matrixBatch([t!, b!], [2, 2]), ...b!.shape.slice(-2)], 'float32'],
  solvePositive: ([a, b]) => [[...matrixBatch([a!, b!], [2, 2]), ...b!.shape.slice(-2)], 'float32'],
  squaredMahalanobis: ([a, d]) => [matrixBatch([a!, d!], [2, 1]), 'float32'],
  linearRecurrence: ([c, x]) => [[...matrixBatch([c!, x!], [1, 1]), x!.shape.at(-1)!], 'float32'],
  key: () => [[2], 'int32'],
  foldInKey: () => [[2], 'int32'],
  splitKey: (_, { count }) => [[count as number, 2], 'int32'],
}

/** The shape and the type of what a kernel gives. */
export function outputOf(
  op: string,
  kernel: Kernel,
  inputs: readonly Node[],
  attributes: Attributes,
): Output {
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
  const rule = RULES[op] ?? (op.startsWith('draw') ? asTold : undefined)
  if (!rule) throw new UnsupportedError(`compile: '${op}' cannot be traced`)
  return rule(inputs, attributes)
}
