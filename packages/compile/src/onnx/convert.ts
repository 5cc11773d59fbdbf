import type { TensorType } from '@variate/core/ops'
import { ELEMENT_TYPES, type ElementType } from './model/messages.ts'
import type { GraphBuilder } from './model/graphBuilder.ts'
import type { Emission } from './emission.ts'

/** A tensor in another type of ONNX, where what it holds is held by that, too. */
export function castTo(graph: GraphBuilder, x: string, to: ElementType): string {
  return graph.op('Cast', [x], { to: ELEMENT_TYPES[to] })
}

/** The whole numbers from 0 on, so many, int32: made by the runtime, so that models hold none of them. */
export function counting(graph: GraphBuilder, count: number): string {
  const [start, end, step] = [0, count, 1].map((x) => graph.constant(x, 'int32')) as [string, string, string]
  return graph.op('Range', [start, end, step])
}

/** The int32 that real numbers are when cut to whole ones, modulo 2³²; 0 for what is no number. */
export function wrapped(graph: GraphBuilder, x: string, type: 'float32' | 'float64'): string {
  const c = (value: number): string => graph.constant(value, type)
  const isNegative = graph.op('Less', [x, c(0)])
  const whole = graph.op('Where', [isNegative, graph.op('Ceil', [x]), graph.op('Floor', [x])])
  // What is left of multiples of 2³² is exact, and NaN for ∞. Runtimes take two casts for one, so that none may be by way of
  // int64.
  const turns = graph.op('Round', [graph.op('Mul', [whole, c(2 ** -32)])])
  const rest = graph.op('Sub', [whole, graph.op('Mul', [turns, c(2 ** 32)])])
  const isOver = graph.op('Equal', [rest, c(2 ** 31)])
  const within = graph.op('Where', [isOver, c(-(2 ** 31)), rest])
  const isNumber = graph.op('Equal', [rest, rest])
  return castTo(graph, graph.op('Where', [isNumber, within, c(0)]), 'int32')
}

/** A tensor in another type of programs, as `cast` of core gives it. */
export function convert(e: Emission, x: string, from: TensorType, to: TensorType): string {
  if (from === to) return x
  if (from === 'float32' && to === 'int32') return wrapped(e.graph, x, e.precision)
  return castTo(e.graph, x, e.type(to))
}
