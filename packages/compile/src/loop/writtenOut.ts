import type { Tensor } from '@tensorflow/tfjs-core'
import { fill, reshape, slice, stack, type TensorType } from '@variate/core/ops'
import { toTensor } from '../compiled/arrays.ts'
import type { Structure } from '../compiled/structure.ts'
import { partsOf, type AnyOptions, type AnyStep, type LoopResult } from './options.ts'
import { checkRows, contextOf } from './stepContext.ts'
import { checkKept, madeBy, sameState } from './stepResult.ts'

/** A loop step by step, so that TensorFlow.js's gradient passes through each. */
export function writtenOut(step: AnyStep, options: AnyOptions): LoopResult<unknown, unknown> {
  const { count, collect, random } = options
  const tensorsOf = (parts: Structure): readonly Tensor[] => parts.leaves.map(toTensor)
  const state = partsOf(options.state, 'state')
  const [inputs, each] = [partsOf(options.inputs, 'inputs'), partsOf(options.each, 'each')]
  const [whole, sliced] = [tensorsOf(inputs), tensorsOf(each)]
  for (const [i, { shape }] of sliced.entries()) checkRows(shape, each.paths[i]!, count, 'loop')
  let current = tensorsOf(state)
  let outputs = partsOf(undefined, 'outputs')
  const rows: (readonly Tensor[])[] = []
  // Of no steps one is taken for what it would collect.
  for (let i = 0; i < Math.max(count, collect ? 1 : 0); i++) {
    const context = contextOf(fill([], i, 'int32'), random, 'loop', {
      inputs: inputs.rebuild(whole),
      each: each.rebuild(sliced.map((x) => rowOf(x, i))),
    })
    const made = madeBy(
      step(state.rebuild(current) as never, context as never),
      collect !== undefined,
      'loop',
    )
    const next = tensorsOf(sameState(state, made.state, 'loop'))
    for (const [j, x] of next.entries()) checkKept(current[j]!, x, state.paths[j]!, 'loop')
    outputs = made.outputs
    if (i >= count) break
    current = next
    if (collect && (i + 1) % collect.every === 0) rows.push(tensorsOf(outputs))
  }
  return {
    state: state.rebuild(current),
    outputs: outputs.rebuild(
      tensorsOf(outputs).map((x, i) =>
        stacked(
          rows.map((row) => row[i]!),
          x,
        ),
      ),
    ),
  }
}

/** Rows like one, which may be none. */
function stacked(rows: readonly Tensor[], { shape, dtype }: Tensor): Tensor {
  return rows.length > 0 ? stack(rows) : fill([0, ...shape], 0, dtype as TensorType)
}

function rowOf(x: Tensor, i: number): Tensor {
  const shape = x.shape.slice(1)
  if (i >= x.shape[0]!) return fill(shape, 0, x.dtype as TensorType)
  return reshape(slice(x, [i, ...shape.map(() => 0)], [1, ...shape]), shape)
}
