import { sizeOf, type Node } from '../../../graph/node.ts'
import { repeat, variable, whole, type Statement } from '../../../wasm/statement.ts'
import { F64, fresh, I32, value, type Value } from '../../../wasm/value.ts'
import type { Routine } from '../../routines.ts'
import { bytesOf, loadNumber } from '../elements.ts'
import { minus, plus, times } from '../integers.ts'
import { one as l } from '../linalg/wide.ts'
import { store } from '../memory.ts'
import { keyOf } from '../random.ts'
import { when } from '../when.ts'
import { binomial } from './binomial.ts'
import { eachDraw, parameterAt } from './eachDraw.ts'
import { counts } from './realDraws.ts'
import { storeCount } from './storeDraw.ts'

/** How often each category comes up in a number of trials, as core's: each count is binomial, given those before it. */
export const drawMultinomial: Routine = (node, target) => {
  const [probs, total] = node.inputs.slice(-2) as [Node, Node]
  const [size, categories] = [sizeOf(node.shape), probs.shape.at(-1)!]
  const bytes = bytesOf(target, probs)
  /** What is left of the weights of a row from each category on. */
  const rest = target.room(8 * categories)
  /** Which row, where its weights begin among all, and which category. */
  const [row, first, k] = [variable(I32), variable(I32), variable(I32)]
  const [at, sum, left] = [variable(I32), variable(F64), variable(F64)]
  const [weight, count] = [variable(F64), variable(F64)]
  const weightAt = (place: Value): Value =>
    fresh(loadNumber(target, probs, plus(times(place, bytes), target.address(probs))))
  return counts(node, target, (isLost) => {
    const draws = eachDraw(target, keyOf(node, target), size, (draw) => {
      const j = variable(I32)
      // From the end, so that what is left for the last is not a difference of near numbers.
      const begin: readonly Statement[] = [
        { variable: left, to: fresh(parameterAt(target, total, row.get)) },
        { variable: sum, to: l.constant(0) },
        repeat(j, 0, categories, 1, [
          { variable: at, to: minus(whole(categories - 1), j.get) },
          { variable: sum, to: l.add(sum.get, weightAt(plus(first.get, at.get))) },
          store(l, sum.get, times(at.get, 8), rest),
        ]),
      ]
      const share = l.div(weight.get, fresh(l.load(times(k.get, 8), rest)))
      const isNever = l.both(l.eq(weight.get, l.constant(0)), l.gt(sum.get, l.constant(0)))
      const isLast = isEqual(plus(k.get, 1), categories)
      const next = plus(first.get, times(isLast, categories))
      return [
        ...when(l.not(k.get), begin),
        { variable: weight, to: weightAt(plus(first.get, k.get)) },
        { variable: weight, to: l.select(isNever, l.constant(0), share) },
        ...binomial(draw, left.get, weight.get, count),
        { variable: left, to: l.sub(left.get, count.get) },
        ...storeCount(node, target, draw.element, count.get, isLost),
        { variable: row, to: plus(row.get, isLast) },
        { variable: k, to: unless(isLast, plus(k.get, 1)) },
        { variable: first, to: unless(isEqual(next, sizeOf(probs.shape)), next) },
      ]
    })
    return [...[row, first, k].map((start) => ({ variable: start, to: whole(0) })), ...draws]
  })
}

function isEqual(a: Value, b: number): Value {
  return value(I32, [0x46], [a, whole(b)])
}

/** 0 where the condition holds. */
function unless(condition: Value, x: Value): Value {
  return value(I32, [0x1b], [whole(0), x, condition])
}
