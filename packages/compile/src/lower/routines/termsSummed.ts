import { argumentsOf, type Constants } from '@variate/core/internal'
import type { Node } from '../../graph/node.ts'
import type { Formula } from '../../wasm/inDouble.ts'
import { vectorCode } from '../../wasm/instructions.ts'
import { logGammaTerm, logPoissonTerm } from '../../wasm/maths/simplexTerms.ts'
import { unsigned } from '../../wasm/encode.ts'
import { repeat, variable, whole, type Statement } from '../../wasm/statement.ts'
import { I32, V128, value, type Value } from '../../wasm/value.ts'
import { broadcastShapes } from '@variate/core/ops'
import type { Routine } from '../routines.ts'
import type { Target } from '../target.ts'
import { bytesOf, loadNumber } from './elements.ts'
import { plus, times } from './integers.ts'
import { loadPairs, one, pair, splat, storeWide } from './linalg/wide.ts'
import { combinedLanes } from './memory.ts'
import { batched, overBatch } from './overBatch.ts'

/** Σ (a − 1)·log(scale·x) − log Γ(a), less the scale, over the last axis. */
export const logGammaTerms: Routine = /* @__PURE__ */ termsSummed(logGammaTerm)

/** Σ k·log(n·p) − n·p − log k! over the last axis. */
export const logPoissonTerms: Routine = /* @__PURE__ */ termsSummed(logPoissonTerm)

/** Sums of terms over the last axis: in float64, as by core, two terms at once. */
function termsSummed(term: Formula): Routine {
  return (node, target) => {
    const { inputs, attributes } = node
    const width = broadcastShapes(inputs.map(({ shape }) => shape)).at(-1)!
    const constants = attributes['constants'] as Constants
    const [at, two, last] = [variable(I32), variable(V128), variable(one.type)]
    const ranks = [...inputs.map(({ shape }) => Math.min(1, shape.length)), 0]
    const body = overBatch(node.shape, batched(target, [...inputs, node], ranks), (addresses) => {
      /** What the terms are of from a place on: in both lanes, or of one. */
      const given = (place: Value, isPair: boolean): readonly Value[] => {
        const xs = inputs.map((x, i) => numbersAt(target, x, width, addresses[i]!, place, isPair))
        const l = isPair ? pair : one
        return argumentsOf(constants, xs).map((x) => (typeof x === 'number' ? l.constant(x) : x))
      }
      const rest = width % 2
      const sum = combinedLanes(pair, one, two.get, (a, b) => one.add(a, b))
      return [
        { variable: two, to: pair.constant(0) },
        repeat(at, 0, width - rest, 2, [
          { variable: two, to: pair.add(two.get, term(pair, ...given(at.get, true))) },
        ]),
        { variable: last, to: sum },
        ...(rest > 0
          ? [{ variable: last, to: one.add(last.get, term(one, ...given(whole(width - 1), false))) }]
          : []),
        storeWide(target.lanes, last.get, addresses.at(-1)!),
      ] satisfies readonly Statement[]
    })
    return [target.define(body)]
  }
}

/** Two numbers of a row, or one, in float64: the same throughout if the row holds one number. */
function numbersAt(target: Target, x: Node, width: number, row: Value, place: Value, isPair: boolean): Value {
  const isOne = (x.shape.at(-1) ?? 1) !== width
  const address = isOne ? row : plus(times(place, bytesOf(target, x)), row)
  if (!isPair) return loadNumber(target, x, address)
  if (isOne) return splat(loadNumber(target, x, address))
  if (x.dtype !== 'int32') return loadPairs(target.lanes, address, 1)[0]!
  const words = value(V128, [...vectorCode(0x5d), 2, ...unsigned(0)], [address])
  return value(V128, vectorCode(0xfe), [words])
}
