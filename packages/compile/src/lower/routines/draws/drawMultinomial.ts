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
  const [row, k, at, sum, left] = [variable(I32), variable(I32), variable(I32), variable(F64), variable(F64)]
  const [weight, count] = [variable(F64), variable(F64)]
  const weightAt = (place: Value): Value =>
    fresh(loadNumber(target, probs, plus(times(place, bytes), target.address(probs))))
  return counts(node, target, (isLost) => {
    const draws = eachDraw(target, keyOf(node, target), size, (draw) => {
      const first = minus(draw.element, k.get)
      const ofRow = sizeOf(probs.shape) === categories ? whole(0) : first
      const j = variable(I32)
      // From the end, so that what is left for the last is not a difference of near numbers.
      const begin: readonly Statement[] = [
        { variable: left, to: fresh(parameterAt(target, total, row.get)) },
        { variable: sum, to: l.constant(0) },
        repeat(j, 0, categories, 1, [
          { variable: at, to: minus(whole(categories - 1), j.get) },
          { variable: sum, to: l.add(sum.get, weightAt(plus(ofRow, at.get))) },
          store(l, sum.get, times(at.get, 8), rest),
        ]),
      ]
      const share = l.div(weight.get, fresh(l.load(times(k.get, 8), rest)))
      const isNever = l.both(l.eq(weight.get, l.constant(0)), l.gt(sum.get, l.constant(0)))
      const isLast = value(I32, [0x46], [plus(k.get, 1), whole(categories)])
      return [
        ...when(l.not(k.get), begin),
        { variable: weight, to: weightAt(plus(ofRow, k.get)) },
        { variable: weight, to: l.select(isNever, l.constant(0), share) },
        ...binomial(draw, left.get, weight.get, count),
        { variable: left, to: l.sub(left.get, count.get) },
        ...storeCount(node, target, draw.element, count.get, isLost),
        { variable: row, to: plus(row.get, isLast) },
        { variable: k, to: value(I32, [0x1b], [whole(0), plus(k.get, 1), isLast]) },
      ]
    })
    return [{ variable: row, to: whole(0) }, { variable: k, to: whole(0) }, ...draws]
  })
}
