import type { Node } from '../graph/node.ts'
import { needed } from '../engine/needed.ts'
import { loopOf } from '../loop/loopNode.ts'
import type { Settled } from '../loop/settled.ts'
import { cutOf } from '../onnxEngine/cutOf.ts'
import { cuttingOf, cuttingOfLoop } from '../onnxEngine/cutting.ts'
import type { Task } from './estimate.ts'
import { NOTHING, workOf } from './work.ts'

/** How often a function that is compiled is taken to be called, if it is not known. */
const CALLS = 1000

/** What a program computes in so many calls. */
export function taskOf(program: Settled, calls: number = CALLS): Task {
  const { before, rest } = cutOf(cuttingOf(program))
  return {
    once: NOTHING,
    each: workOf(program.nodes),
    before: workOf(before),
    rest: workOf(rest),
    count: calls,
    isLoop: false,
  }
}

/** What the loop computes that all results of a program are those of. */
export function taskOfLoop({ outputs, graph: { precision } }: Settled): Task {
  const [node] = outputs[0]!.inputs as readonly [Node]
  const loop = loopOf(node)
  const { before, rest } = cutOf(cuttingOfLoop(loop, precision))
  return {
    once: workOf(needed(node.inputs)),
    each: workOf(loop.nodes),
    before: workOf(before),
    rest: workOf(rest),
    count: Math.max(1, loop.count),
    isLoop: true,
  }
}
