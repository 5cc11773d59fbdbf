import { sizeOf } from '../../graph/node.ts'
import { castTo } from '../convert.ts'
import type { ValueInfo } from '../model/messages.ts'
import { tensorOf } from '../onnxLanes.ts'
import type { Rule } from '../rule.ts'
import { wide } from './wide.ts'

/** yₜ = xₜ + Σ cᵢ·yₜ₋ᵢ along the last axis, in float64, as a `Scan` that carries the last numbers. */
export const linearRecurrence: Rule = ({ inputs: [c, x], attributes, shape }, e) => {
  const { graph } = e
  if (sizeOf(shape) === 0) return graph.filled(0, e.precision, shape)
  const order = c!.shape.at(-1)!
  const own = tensorOf(wide(e).of(x!))
  const whole = graph.op('Expand', [own, graph.whole(shape)])
  if (order === 0) return castTo(graph, whole, e.precision)
  const coefficients = tensorOf(wide(e).of(c!))
  const batch = shape.slice(0, -1)
  const axis = batch.length
  const body = graph.within()
  const info = (name: string, own: readonly number[]): ValueInfo => ({ name, type: 'float64', shape: own })
  const [last, number] = [body.input('last'), body.input('number')]
  const products = body.op('Mul', [coefficients, last])
  const terms = body.op('ReduceSum', [products, body.whole([axis])], { keepdims: 0 })
  const made = body.op('Add', [number, terms])
  const column = body.op('Unsqueeze', [made, body.whole([axis])])
  const older = body.op('Slice', [last, ...[0, order - 1, axis].map((i) => body.whole([i]))])
  const [next, row] = [graph.name('last'), graph.name('number')]
  body.rename(body.op('Concat', [column, older], { axis }), next)
  body.rename(made, row)
  const direction = +(attributes['reverse'] as boolean)
  const [, rows] = graph.several('Scan', [graph.filled(0, 'float64', [...batch, order]), whole], 2, {
    body: body.graph(
      'recurrence',
      [info(last, [...batch, order]), info(number, batch)],
      [info(next, [...batch, order]), info(row, batch)],
    ),
    num_scan_inputs: 1,
    scan_input_axes: [axis],
    scan_output_axes: [axis],
    scan_input_directions: [direction],
    scan_output_directions: [direction],
  })
  return castTo(graph, rows!, e.precision)
}
