import type { Node } from '../graph/node.ts'
import type { Target } from '../lower/target.ts'
import { variable, whole, type Instruction, type Loop, type Statement } from '../wasm/statement.ts'
import { I32, value, type Value } from '../wasm/value.ts'
import { loopOf } from './loopNode.ts'
import { lowerStep } from './lowerStep.ts'
import { storeInt32 } from '../lower/routines/integers.ts'
import { at, copied } from './moves.ts'
import { resultOffset } from './results.ts'

/** A module has the code of a loop once, wherever it is run. */
const KNOWN = new WeakMap<Target, Map<Node, Instruction>>()

/** The call of a function that runs a loop, of what its node takes to its results, in memory. */
export function lowerLoop(node: Node, target: Target): Instruction {
  const known = KNOWN.get(target) ?? new Map<Node, Instruction>()
  KNOWN.set(target, known)
  const call =
    known.get(node) ??
    target.define([
      ...begun(node, target),
      turns(node, target, whole(0), whole(loopOf(node).count)),
      ...ended(node, target),
    ])
  known.set(node, call)
  return call
}

/** What is carried takes what it begins with. */
export function begun(node: Node, target: Target): readonly Statement[] {
  return loopOf(node).carried.flatMap(({ input }, i) =>
    copied(at(target.address(node.inputs[i]!)), at(target.address(input)), target.bytesOf(input)),
  )
}

/** What is carried at last is a result. */
function ended(node: Node, target: Target): readonly Statement[] {
  return loopOf(node).carried.flatMap(({ input }, i) => {
    const to = target.address(node) + resultOffset(node, i, target.bytesOf)
    return copied(at(target.address(input)), at(to), target.bytesOf(input))
  })
}

/** The steps of a loop on what it carries, from one turn on to before another. */
export function turns(node: Node, target: Target, from: Value, to: Value): Loop {
  const { index, isReverse, count } = loopOf(node)
  const turn = variable(I32)
  const step = isReverse ? value(I32, [0x6b], [whole(count - 1), turn.get]) : turn.get
  const body = [storeInt32(target.address(index), step), ...lowerStep(node, target, step)]
  return { index: turn, from, to, step: 1, mayBeEmpty: true, body }
}
