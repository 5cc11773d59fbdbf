import { offsetsIn } from '@variate/core/internal'
import { sizeOf, type Node } from '../../graph/node.ts'
import type { TensorType } from '@variate/core/ops'
import type { Lanes } from '../../wasm/lanes.ts'
import type { Value } from '../../wasm/value.ts'
import { combine, isReduction, ofNone } from '../combine.ts'
import { choose, convert } from '../element.ts'
import { lowerElement } from '../lowerElement.ts'
import { multiplied, pairwise, reduced } from '../terms.ts'
import type { Element } from './element.ts'

/** A vector of elements, one for each lane, whatever else is in lanes for which there is none. */
export type Assemble = (elements: readonly (Element | undefined)[], dtype: TensorType) => Value

/**
 * The elements of a node, vector by vector; lanes behind the last one hold anything.
 *
 * @param chunk vector `v` of a node.
 */
export function packed(
  node: Node,
  l: Lanes,
  assemble: Assemble,
  chunk: (node: Node, v: number) => Value,
): readonly Value[] {
  const { op, inputs, shape, dtype } = node
  const size = sizeOf(shape)
  /** For each vector, of which elements of an input it is made. */
  const vectors = (make: (ofInput: (k: number, at: (i: number) => number) => Value, v: number) => Value) =>
    Array.from({ length: Math.ceil(size / l.count) }, (_, v) =>
      make((k, at) => {
        const lanes = Array.from({ length: l.count }, (_, lane) => v * l.count + lane)
        const elements = lanes.map((i) => (i < size ? { node: inputs[k]!, at: at(i) } : undefined))
        return assemble(elements, inputs[k]!.dtype)
      }, v),
    )
  if (isReduction(op)) {
    const items = reduced(node)
    const count = items[0]!.length
    if (count === 0) return vectors(() => ofNone(l, op, dtype))
    return vectors((ofInput) =>
      pairwise(
        Array.from({ length: count }, (_, t) => ofInput(0, (i) => items[i]![t]!)),
        (a, b) => combine(l, op, dtype, a, b),
      ),
    )
  }
  if (op === 'matMul') {
    const terms = multiplied(node)
    const count = terms[0]!.length
    if (count === 0) return vectors(() => l.constant(0))
    return vectors((ofInput) =>
      pairwise(
        Array.from({ length: count }, (_, t) =>
          l.mul(
            ofInput(0, (i) => terms[i]![t]![0]),
            ofInput(1, (i) => terms[i]![t]![1]),
          ),
        ),
        (a, b) => l.add(a, b),
      ),
    )
  }
  const places = inputs.map((input) =>
    sizeOf(input.shape) === size ? undefined : offsetsIn(input.shape, shape, size),
  )
  return vectors((ofInput, v) => {
    const args = inputs.map((input, k) => {
      const own = places[k]
      return own ? ofInput(k, (i) => own[i]!) : chunk(input, v)
    })
    if (op === 'cast') return convert(l, args[0]!, inputs[0]!.dtype, dtype)
    if (op === 'where') return choose(l, args[0]!, args[1]!, args[2]!)
    return lowerElement(l, node, args, noFunction)
  })
}

/** The vector of the elements of a run that are combined to one, lane by lane; `none` where a lane has no more. */
export function packedRun(node: Node, run: readonly Element[], l: Lanes, assemble: Assemble): Value {
  const { op, dtype } = node
  if (!isReduction(op)) throw new TypeError(`compile: '${op}' is no reduction`)
  const none = { number: op === 'sum' ? 0 : -Infinity }
  const vectors = Array.from({ length: Math.ceil(run.length / l.count) }, (_, v) =>
    assemble(
      Array.from({ length: l.count }, (_, lane) => run[v * l.count + lane] ?? none),
      dtype,
    ),
  )
  return pairwise(vectors, (a, b) => combine(l, op, dtype, a, b))
}

function noFunction(): never {
  throw new TypeError('compile: functions of one number are not called for vectors')
}
