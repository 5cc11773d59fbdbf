import type { TensorType } from '@variate/core/ops'
import { signed } from '../wasm/encode.ts'
import type { Lanes } from '../wasm/lanes.ts'
import { F32, F64, I32, I64, value, type Value } from '../wasm/value.ts'
import { vectorOf } from '../wasm/vectorOf.ts'

// One element of a tensor in code: a number in the program's precision, an int32, or as bool a condition, 0 or 1; or a
// vector of real numbers or of conditions.

/** A number of a type. */
export function literal(l: Lanes, x: number, dtype: TensorType): Value {
  if (dtype === 'float32') return l.constant(x)
  if (l.isVector) return vectorOf(Array<number>(16).fill(x ? 0xff : 0))
  return value(I32, [0x41, ...signed(dtype === 'bool' ? +(x !== 0) : x | 0)])
}

/** An element in another type. */
export function convert(l: Lanes, x: Value, from: TensorType, to: TensorType): Value {
  if (from === to) return x
  if (l.isVector) return to === 'bool' ? l.ne(x, l.constant(0)) : l.and(x, l.constant(1))
  if (to === 'float32') return value(l.type, [l.isDouble ? 0xb7 : 0xb2], [x])
  if (from === 'float32') {
    if (to === 'bool') return l.ne(x, l.constant(0))
    // What is left of multiples of 2³² is exact, and NaN for ∞.
    return wrapped(l, l.sub(x, l.mul(l.constant(2 ** 32), l.trunc(l.mul(x, l.constant(2 ** -32))))))
  }
  return to === 'bool' ? value(I32, [0x47], [x, literal(l, 0, 'int32')]) : x
}

/** `a` where the condition holds, else `b`, of any type. */
export function choose(l: Lanes, condition: Value, a: Value, b: Value): Value {
  return l.isVector ? l.select(condition, a, b) : value(a.type, [0x1b], [a, b, condition])
}

/** The int32 that a number of less than 2⁶³ is when cut to a whole one, modulo 2³²; 0 for NaN. */
export function wrapped(l: Lanes, x: Value): Value {
  return value(I32, [0xa7], [value(I64, [0xfc, l.isDouble ? 6 : 4], [x])])
}

export function toDouble(x: Value): Value {
  return x.type === F64 ? x : value(F64, [x.type === F32 ? 0xbb : 0xb7], [x])
}

export function fromDouble(l: Lanes, x: Value): Value {
  return l.isDouble ? x : value(F32, [0xb6], [x])
}
