import { EXPONENTIAL, NORMAL } from '@variate/core/internal'
import { lanes } from '../../../wasm/lanes.ts'
import type { Words } from '../../../wasm/random/threefry.ts'
import { whole } from '../../../wasm/statement.ts'
import type { Value } from '../../../wasm/value.ts'
import type { Node } from '../../../graph/node.ts'
import type { Target } from '../../target.ts'
import { one } from '../linalg/wide.ts'
import { fractionOf } from './words.ts'

const bits = /* @__PURE__ */ lanes('float32', false)

/** A ziggurat's layers in memory: the byte addresses of their radii and heights, in float64. */
export interface ZigguratAt {
  readonly radii: number
  readonly heights: number
}

export interface ZigguratsAt {
  readonly normal: ZigguratAt
  readonly exponential: ZigguratAt
}

/** A first look at two words: where it puts a draw, whether that is wholly within the curve, and the layer. */
export interface Layer {
  readonly size: Value
  readonly isInside: Value
  readonly index: Value
}

const COUNT = NORMAL.radii.length
/** The tables, as int32: memory holds real numbers in the precision of the program. */
const TABLES: Node = /* @__PURE__ */ (() => {
  const numbers = [NORMAL.radii, NORMAL.heights, EXPONENTIAL.radii, EXPONENTIAL.heights]
  const values = new Int32Array(Float64Array.from(numbers.flatMap((x) => [...x])).buffer)
  const shape = [values.length]
  return { id: -1, op: 'constant', inputs: [], attributes: { values }, shape, dtype: 'int32' }
})()

/** The tables in the memory of a program: once for all of its draws, and only if some ask for them. */
export function zigguratsAt(target: Target): ZigguratsAt {
  const table = (i: number): ZigguratAt => {
    const radii = target.address(TABLES) + 16 * COUNT * i
    return { radii, heights: radii + 8 * COUNT }
  }
  return {
    get normal() {
      return table(0)
    },
    get exponential() {
      return table(1)
    },
  }
}

export function layerOf(at: ZigguratAt, words: Words): Layer {
  const index = bits.and(words[0], whole(0xff))
  const size = one.mul(fractionOf(words), entry(at.radii, index))
  return { size, isInside: one.lt(size, entry(at.radii + 8, index)), index }
}

/** A number of a table in float64. */
export function entry(address: number, index: Value): Value {
  return one.load(bits.shiftLeft(index, 3), address)
}
