import { sizeOf, type Node } from '../../../graph/node.ts'
import { variable, whole, type Statement, type Variable } from '../../../wasm/statement.ts'
import { F64, I32, type Value } from '../../../wasm/value.ts'
import { unsigned } from '../../../wasm/encode.ts'
import type { Routine } from '../../routines.ts'
import type { Target } from '../../target.ts'
import { keyOf } from '../random.ts'
import { when } from '../when.ts'
import { eachDraw, parameterAt, type Draw } from './eachDraw.ts'
import { storeCount, storeDraw } from './storeDraw.ts'

/** Puts a draw into a variable, given its parameters in float64, and told whether they are the same for all. */
type One = (
  draw: Draw,
  parameters: readonly Value[],
  into: Variable,
  target: Target,
  isSame: boolean,
) => readonly Statement[]

/** Draws of real numbers, of so many parameters. */
export function realDraws(arity: number, draw: One): Routine {
  return (node, target) => [
    target.define(each(arity, draw, node, target, (element, x) => [storeDraw(node, target, element, x)])),
  ]
}

/** Draws of counts, of so many parameters. */
export function countDraws(arity: number, draw: One): Routine {
  return (node, target) =>
    counts(node, target, (isLost) =>
      each(arity, draw, node, target, (element, x) => storeCount(node, target, element, x, isLost)),
    )
}

/** Statements that draw counts: where int32 does not hold one, which `isLost` tells, core's kernel is called, and tells of it. */
export function counts(
  node: Node,
  target: Target,
  all: (isLost: Variable) => readonly Statement[],
): readonly Statement[] {
  const isLost = variable(I32)
  const told: Statement = { code: [0x10, ...unsigned(target.kernelOf(node, true))], args: [] }
  return [target.define([{ variable: isLost, to: whole(0) }, ...all(isLost), ...when(isLost.get, [told])])]
}

function each(
  arity: number,
  draw: One,
  node: Node,
  target: Target,
  store: (element: Value, x: Value) => readonly Statement[],
): readonly Statement[] {
  const parameters = node.inputs.slice(node.inputs.length - arity)
  const isSame = parameters.every((x) => sizeOf(x.shape) === 1)
  const into = variable(F64)
  return eachDraw(target, keyOf(node, target), sizeOf(node.shape), (one) => {
    const given = parameters.map((x) => parameterAt(target, x, one.element))
    return [...draw(one, given, into, target, isSame), ...store(one.element, into.get)]
  })
}
