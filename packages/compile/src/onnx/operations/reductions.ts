import { sizeOf, type Node, type Shape } from '../../graph/node.ts'
import { castTo } from '../convert.ts'
import type { Emission } from '../emission.ts'
import type { Rule } from '../rule.ts'
import { shaped } from './movement.ts'

/** A tensor reduced over axes by an operator. */
export function reduced(e: Emission, type: string, x: string, axes: Shape, keeps = 0): string {
  if (axes.length === 0) return x
  return e.graph.op(type, [x, e.graph.whole(axes)], { keepdims: keeps })
}

/** Runtimes add float32 numbers one after the other: of more than so many, what is rounded adds up. */
const FEW_TERMS = 4096

const isFlag = ({ op, inputs: [x], dtype }: Node): boolean =>
  op === 'cast' && dtype === 'float32' && x!.dtype === 'bool'

/** Sums of real numbers of a shape over axes. */
function summed(e: Emission, x: string, shape: Shape, axes: Shape, keeps = 0): string {
  const terms = axes.reduce((product, axis) => product * shape[axis]!, 1)
  if (e.precision === 'float64' || terms <= FEW_TERMS) return reduced(e, 'ReduceSum', x, axes, keeps)
  const wide = castTo(e.graph, x, 'float64')
  return castTo(e.graph, reduced(e, 'ReduceSum', wide, axes, keeps), 'float32')
}

/** Of no elements there is a number. */
function ofNone(e: Emission, { inputs: [x], shape, dtype }: Node, x0: number): string | undefined {
  return sizeOf(x!.shape) === 0 ? e.graph.filled(x0, e.type(dtype), shape) : undefined
}

const LEAST: Readonly<Record<string, number>> = { float32: -Infinity, int32: -(2 ** 31), bool: 0 }

/** The largest over axes, NaN where one is: of some that are none runtimes may give another. */
function largest(e: Emission, x: string, axes: Shape): string {
  const { graph, precision } = e
  const top = reduced(e, 'ReduceMax', x, axes)
  const flags = reduced(e, 'ReduceMax', castTo(graph, graph.op('IsNaN', [x]), precision), axes)
  const hasNone = graph.op('Greater', [flags, graph.constant(0, precision)])
  return graph.op('Where', [hasNone, graph.constant(NaN, precision), top])
}

/** Operations that make one number of several. */
export const REDUCTIONS: Readonly<Record<string, Rule>> = {
  sum: (node, e) => {
    const none = ofNone(e, node, 0)
    if (none) return none
    const [input] = node.inputs as readonly [Node]
    const axes = node.attributes['axis'] as Shape
    const x = e.of(input)
    // Counts are whole, and exact up to 2²⁴.
    if (isFlag(input)) return reduced(e, 'ReduceSum', x, axes)
    if (node.dtype !== 'int32') return summed(e, x, input.shape, axes)
    // Of int32 runtimes give the nearest that there is, of int64 what is cut to 32 bits: the sum modulo 2³².
    const wide = castTo(e.graph, x, 'int64')
    return castTo(e.graph, reduced(e, 'ReduceSum', wide, axes), 'int32')
  },
  max: (node, e) => {
    const none = ofNone(e, node, LEAST[node.dtype]!)
    if (none) return none
    const axes = node.attributes['reductionIndices'] as Shape
    const x = e.of(node.inputs[0]!)
    if (node.dtype === 'float32') return largest(e, x, axes)
    if (node.dtype === 'int32') return reduced(e, 'ReduceMax', x, axes)
    return castTo(e.graph, reduced(e, 'ReduceMax', castTo(e.graph, x, 'int32'), axes), 'bool')
  },
  logSumExp: (node, e) => {
    const { graph, precision } = e
    const none = ofNone(e, node, -Infinity)
    if (none) return none
    const axes = node.attributes['axis'] as Shape
    const x = real(e, node.inputs[0]!)
    // Where one is NaN the sum is, whatever is taken for the largest.
    const top = reduced(e, 'ReduceMax', x, axes, 1)
    const isFinite = graph.op('Less', [graph.op('Abs', [top]), graph.constant(Infinity, precision)])
    const shift = graph.op('Where', [isFinite, top, graph.constant(0, precision)])
    const powers = graph.op('Exp', [graph.op('Sub', [x, shift])])
    const sums = graph.op('Log', [summed(e, powers, node.inputs[0]!.shape, axes, 1)])
    return shaped(e, graph.op('Add', [sums, shift]), node.shape)
  },
  cumsum: ({ inputs: [x], attributes, dtype }, e) => {
    const { graph } = e
    const { exclusive, reverse } = attributes as { exclusive: boolean; reverse: boolean }
    // Real numbers are added up in float64, as by core.
    const wide = dtype === 'int32' ? e.of(x!) : castTo(graph, e.of(x!), 'float64')
    const axis = graph.constant(x!.shape.length - 1, 'int64')
    const sums = graph.op('CumSum', [wide, axis], { exclusive: +exclusive, reverse: +reverse })
    return dtype === 'int32' ? sums : castTo(graph, sums, e.precision)
  },
}

/** A tensor as real numbers. */
export function real(e: Emission, node: Node): string {
  return node.dtype === 'float32' ? e.of(node) : castTo(e.graph, e.of(node), e.precision)
}
