import {
  I32,
  lanes,
  plus,
  splatAt,
  storeVector,
  V128,
  value,
  variable,
  vectorCode,
  whole,
  type Lanes,
  type Loop,
  type Statement,
  type Value,
  type Variable,
} from '@variate/compile/wasm'

// Short names for what kernels are made of: vectors of two float64 numbers and addresses. Offsets are in bytes.

/** Arithmetic on two numbers at once, and on one. */
export const two: Lanes = /* @__PURE__ */ lanes('float64', true)
export const one: Lanes = /* @__PURE__ */ lanes('float64', false)

/** The bytes of a vector. */
export const VECTOR = 16

export const vector = (): Variable => variable(V128)
export const address = (): Variable => variable(I32)

export const set = (to: Variable, from: Value): Statement => ({ variable: to, to: from })
export const clear = (sum: Variable): Statement => set(sum, two.constant(0))
export const reset = (pointer: Variable): Statement => set(pointer, whole(0))
export const move = (pointer: Variable, by: number): Statement => set(pointer, plus(pointer.get, by))
export const accumulate = (sum: Variable, term: Value): Statement => set(sum, two.add(sum.get, term))

export const load = (at: Value, offset = 0): Value => two.load(at, offset)
/** The number at an address, in both lanes. */
export const splat = (at: Value, offset = 0): Value => splatAt(two, at, offset)
export const store = (x: Value, at: Value, offset = 0): Statement => storeVector(two, x, at, offset)[0]!
export const addTo = (at: Value, offset: number, x: Value): Statement =>
  store(two.add(load(at, offset), x), at, offset)

/** Statements for addresses from one on, so many bytes, at least once. */
export function along(
  index: Variable,
  from: Value,
  bytes: Value,
  step: number,
  body: readonly Statement[],
): Loop {
  return { index, from, to: plus(from, bytes), step, mayBeEmpty: false, body }
}

/** The larger of two numbers in each lane; the first where one is NaN. */
export function larger(a: Value, b: Value): Value {
  return value(V128, vectorCode(0xf7), [a, b])
}

const LOW = [0, 1, 2, 3, 4, 5, 6, 7]
const HIGH = [8, 9, 10, 11, 12, 13, 14, 15]
const shuffled = (lanes: readonly number[], a: Value, b: Value): Value =>
  value(V128, [...vectorCode(0x0d), ...lanes], [a, b])

/** The first lanes of two vectors. */
export const firsts = (a: Value, b: Value): Value => shuffled([...LOW, ...LOW.map((i) => i + 16)], a, b)
/** The second lanes of two vectors. */
export const seconds = (a: Value, b: Value): Value => shuffled([...HIGH, ...HIGH.map((i) => i + 16)], a, b)
