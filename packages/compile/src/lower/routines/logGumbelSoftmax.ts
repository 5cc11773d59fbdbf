import { broadcastShapes } from '@variate/core/ops'
import { exp } from '../../wasm/maths/exp.ts'
import { lgamma } from '../../wasm/maths/lgamma.ts'
import { log } from '../../wasm/maths/log.ts'
import { repeat, variable } from '../../wasm/statement.ts'
import { fresh, I32, type Value } from '../../wasm/value.ts'
import type { Node } from '../../graph/node.ts'
import type { Routine } from '../routines.ts'
import { bytesOf, loadNumber } from './elements.ts'
import { plus, times } from './integers.ts'
import { one as l, storeWide } from './linalg/wide.ts'
import { store } from './memory.ts'
import { batched, overBatch } from './overBatch.ts'

const c = l.constant

/**
 * log Γ(n) + (n − 1)·log t + Σ log(softmax(logits − t·log x) / x) over the last axis, in float64, as by core: where entries
 * are 0 it is infinite.
 */
export const logGumbelSoftmax: Routine = (node, target) => {
  const inputs = node.inputs as readonly [Node, Node, Node]
  const width = broadcastShapes(inputs.map(({ shape }) => shape)).at(-1)!
  // The logarithms of a row, and the logits less t times those.
  const [logs, exponents] = [target.room(8 * width), target.room(8 * width)]
  const i = variable(I32)
  const [x, logX, exponent, t] = [variable(l.type), variable(l.type), variable(l.type), variable(l.type)]
  const [top, zeros, weight, total] = [variable(l.type), variable(l.type), variable(l.type), variable(l.type)]
  const ranks = [...inputs.map(({ shape }) => Math.min(1, shape.length)), 0]
  const kept = (at: number): Value => fresh(l.load(times(i.get, 8), at))
  const body = overBatch(node.shape, batched(target, [...inputs, node], ranks), (addresses) => {
    const numberOf = (which: 0 | 1 | 2, place: Value | number): Value => {
      const of = inputs[which]
      const isOne = (of.shape.at(-1) ?? 1) !== width
      const offset = typeof place === 'number' || isOne ? 0 : times(place, bytesOf(target, of))
      return loadNumber(target, of, plus(addresses[which]!, offset))
    }
    const ofTotal = l.add(l.mul(c(width - 1), log(l, t.get)), total.get)
    const finite = l.sub(l.add(lgamma(l, c(width)), ofTotal), l.mul(c(width), log(l, weight.get)))
    const ofZeros = l.sub(l.mul(l.sub(c(width), zeros.get), t.get), zeros.get)
    const infinite = l.mul(ofZeros, c(-Infinity))
    return [
      { variable: t, to: numberOf(2, 0) },
      ...[zeros, weight, total].map((sum) => ({ variable: sum, to: c(0) })),
      { variable: top, to: c(-Infinity) },
      repeat(i, 0, width, 1, [
        { variable: x, to: numberOf(0, i.get) },
        { variable: logX, to: log(l, x.get) },
        { variable: exponent, to: l.sub(numberOf(1, i.get), l.mul(t.get, logX.get)) },
        { variable: zeros, to: l.add(zeros.get, l.select(l.eq(x.get, c(0)), c(1), c(0))) },
        { variable: top, to: l.max(top.get, exponent.get) },
        store(l, logX.get, times(i.get, 8), logs),
        store(l, exponent.get, times(i.get, 8), exponents),
      ]),
      repeat(i, 0, width, 1, [
        { variable: exponent, to: l.sub(kept(exponents), top.get) },
        { variable: weight, to: l.add(weight.get, exp(l, exponent.get)) },
        { variable: total, to: l.add(total.get, l.sub(exponent.get, kept(logs))) },
      ]),
      storeWide(target.lanes, l.select(l.gt(zeros.get, c(0)), infinite, finite), addresses[3]!),
    ]
  })
  return [target.define(body)]
}
