import type { TensorType } from '@variate/core/ops'
import { ELEMENT_TYPES, type ElementType } from './model/messages.ts'
import type { GraphBuilder } from './model/graphBuilder.ts'
import type { Emission } from './emission.ts'

/** A tensor in another type of ONNX, where what it holds is held by that, too. */
export function castTo(graph: GraphBuilder, x: string, to: ElementType): string {
  return graph.op('Cast', [x], { to: ELEMENT_TYPES[to] })
}

/** The int32 that real numbers are when cut to whole ones, modulo 2³²; 0 for what is no number. */
export function wrapped(graph: GraphBuilder, x: string, type: 'float32' | 'float64'): string {
  const c = (value: number): string => graph.constant(value, type)
  const turns = graph.op('Mul', [x, c(2 ** -32)])
  const isNegative = graph.op('Less', [turns, c(0)])
  const whole = graph.op('Where', [isNegative, graph.op('Ceil', [turns]), graph.op('Floor', [turns])])
  // What is left of multiples of 2³² is exact, and NaN for ∞.
  const rest = graph.op('Sub', [x, graph.op('Mul', [whole, c(2 ** 32)])])
  const isNumber = graph.op('Equal', [rest, rest])
  const number = graph.op('Where', [isNumber, rest, c(0)])
  return castTo(graph, castTo(graph, number, 'int64'), 'int32')
}

/** A tensor in another type of programs, as `cast` of core gives it. */
export function convert(e: Emission, x: string, from: TensorType, to: TensorType): string {
  if (from === to) return x
  if (from === 'float32' && to === 'int32') return wrapped(e.graph, x, e.precision)
  return castTo(e.graph, x, e.type(to))
}
