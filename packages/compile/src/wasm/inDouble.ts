import { vectorCode } from './instructions.ts'
import { lanes, type Lanes } from './lanes.ts'
import { F32, F64, V128, value, type Value } from './value.ts'

/** A function of numbers, written in instructions. */
export type Formula = (l: Lanes, ...args: Value[]) => Value

const one = /* @__PURE__ */ lanes('float64', false)
const two = /* @__PURE__ */ lanes('float64', true)

/** The bytes of two vectors, one after the other, that make a third: the upper half of the first; the lower halves of both. */
const UPPER = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15]
const LOWER_OF_BOTH = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23]
/** Of each half of both vectors the lower half. */
const LOWER_OF_EACH = [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27]

/** A vector of chosen bytes of two. */
export function shuffle(bytes: readonly number[], a: Value, b: Value): Value {
  return value(V128, [...vectorCode(0x0d), ...bytes], [a, b])
}

/** The upper half of a vector, in both halves. */
export function upperHalf(x: Value): Value {
  return shuffle(UPPER, x, x)
}

/** The lower halves of two vectors. */
export function lowerHalves(a: Value, b: Value): Value {
  return shuffle(LOWER_OF_BOTH, a, b)
}

/** A function computed in float64 whatever the precision, and rounded once: of float32 vectors each half by itself. */
export function inDouble(f: Formula): Formula {
  return (l, ...args) => {
    if (l.isDouble) return f(l, ...args)
    if (l.primitives) return l.primitives.inDouble(f, args)
    if (!l.isVector) return value(F32, [0xb6], [f(one, ...args.map((x) => value(F64, [0xbb], [x])))])
    const ofHalf = (half: readonly Value[]): Value => {
      const wide = half.map((x) => value(V128, vectorCode(0x5f), [x]))
      return value(V128, vectorCode(0x5e), [f(two, ...wide)])
    }
    return lowerHalves(ofHalf(args), ofHalf(args.map(upperHalf)))
  }
}

/** A condition of numbers in float64 whatever the precision: of float32 vectors on each half by itself. */
export function conditionInDouble(f: Formula): Formula {
  return (l, ...args) => {
    if (l.isDouble) return f(l, ...args)
    if (l.primitives) return l.primitives.conditionInDouble(f, args)
    if (!l.isVector) return f(one, ...args.map((x) => value(F64, [0xbb], [x])))
    const ofHalf = (half: readonly Value[]): Value =>
      f(two, ...half.map((x) => value(V128, vectorCode(0x5f), [x])))
    return shuffle(LOWER_OF_EACH, ofHalf(args), ofHalf(args.map(upperHalf)))
  }
}

export function allInDouble(formulas: Readonly<Record<string, Formula>>): Record<string, Formula> {
  return Object.fromEntries(Object.entries(formulas).map(([name, f]) => [name, inDouble(f)]))
}
