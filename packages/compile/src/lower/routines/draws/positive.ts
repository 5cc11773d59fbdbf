import { SMALLEST } from '@variate/core/internal'
import { sizeOf, type Node } from '../../../graph/node.ts'
import { variable } from '../../../wasm/statement.ts'
import { F32, F64, value, type Value } from '../../../wasm/value.ts'
import type { Routine } from '../../routines.ts'
import type { Target } from '../../target.ts'
import { times } from '../integers.ts'
import { one as l } from '../linalg/wide.ts'
import { store } from '../memory.ts'
import { eachDraw, parameterAt } from './eachDraw.ts'
import { gamma } from './gamma.ts'
import { keysOf } from './keysOf.ts'
import { realDraws } from './realDraws.ts'
import { storeDraw } from './storeDraw.ts'

/** Gamma draws of a concentration and a rate. */
export const drawGamma: Routine = /* @__PURE__ */ realDraws(
  2,
  (draw, [concentration, rate], into, target) => {
    const quotient = l.div(rounded(target, into.get), rate!)
    return [
      ...gamma(draw, concentration!, into, false),
      { variable: into, to: l.max(quotient, l.constant(SMALLEST)) },
    ]
  },
)

/** The logarithms of gamma draws of rate 1. */
export const drawLogGamma: Routine = /* @__PURE__ */ realDraws(1, (draw, [concentration], into) =>
  gamma(draw, concentration!, into, true),
)

/** log(p/(1 − p)) of beta draws p: differences of the logarithms of two gamma draws. */
export const drawLogOdds: Routine = (node, target) => {
  const [concentration1, concentration0] = node.inputs.slice(-2) as [Node, Node]
  const size = sizeOf(node.shape)
  const { set, keys } = keysOf(node, target)
  const logs = target.room(8 * size)
  const x = variable(F64)
  const first = eachDraw(target, keys[0]!, size, (draw) => [
    ...gamma(draw, parameterAt(target, concentration1, draw.element), x, true),
    store(l, x.get, times(draw.element, 8), logs),
  ])
  const second = eachDraw(target, keys[1]!, size, (draw) => [
    ...gamma(draw, parameterAt(target, concentration0, draw.element), x, true),
    storeDraw(node, target, draw.element, l.sub(l.load(times(draw.element, 8), logs), x.get)),
  ])
  return [target.define(set), target.define(first), target.define(second)]
}

/** As what memory holds. */
function rounded({ lanes }: Target, x: Value): Value {
  return lanes.isDouble ? x : value(F64, [0xbb], [value(F32, [0xb6], [x])])
}
