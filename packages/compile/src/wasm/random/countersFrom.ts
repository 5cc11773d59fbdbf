import { vectorCode } from '../instructions.ts'
import { lanes } from '../lanes.ts'
import { V128, value, type Value } from '../value.ts'
import { vectorOf } from '../vectorOf.ts'

const four = /* @__PURE__ */ lanes('float32', true)

/** The four whole numbers from one on. */
export function countersFrom(first: Value): Value {
  return four.plus(wordInAll(first), vectorOf([0, 1, 2, 3].flatMap((i) => [i, 0, 0, 0])))
}

/** A word in every lane. */
export function wordInAll(x: Value): Value {
  return value(V128, vectorCode(0x11), [x])
}
