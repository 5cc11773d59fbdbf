import { float32Bytes, float64Bytes, signed, unsigned } from './encode.ts'
import { BIT_OPERATIONS, COLUMNS, opcode, vectorCode, type Operation } from './instructions.ts'
import { F32, F64, I32, I64, V128, value, type Value, type ValueType } from './value.ts'
import { vectorOf } from './vectorOf.ts'

export type Precision = 'float32' | 'float64'

/** What of the elementary functions takes bits apart, or is faster by itself: formulas are made of these where there are any. */
export interface Primitives {
  exp(x: Value): Value
  expm1(x: Value): Value
  log(x: Value): Value
  log1p(x: Value): Value
  /** log(1 + x) for x from 0 to 1. */
  log1pOfShare(x: Value): Value
  /** 1/(1 + e⁻ˣ), from e^−|x|. */
  sigmoid(x: Value, decay: Value): Value
  pow(a: Value, b: Value): Value
  /** The rest of a / b, with the sign of a. */
  rest(a: Value, b: Value): Value
  /** 2ⁿ for whole n that are exponents of normal numbers. */
  powerOfTwo(n: Value): Value
  /** A number as powers of two times a mantissa from √½ to √2. */
  splitExponent(x: Value): { readonly exponent: Value; readonly mantissa: Value }
  /** A number ≥ 0 with the sign of x. */
  copySign(size: Value, x: Value): Value
  inDouble(f: (l: Lanes, ...args: Value[]) => Value, args: readonly Value[]): Value
  conditionInDouble(f: (l: Lanes, ...args: Value[]) => Value, args: readonly Value[]): Value
}

type Shift = 'shiftLeft' | 'shiftRight'

/**
 * Arithmetic on one number, or on the vector of them that fills 16 bytes, in either precision: functions are written
 * once for all four. Conditions are what `select` takes: 0 or 1 for one number, all bits 0 or 1 for lanes of vectors.
 */
export interface Lanes extends Readonly<Record<Exclude<Operation, Shift>, (...args: Value[]) => Value>> {
  readonly precision: Precision
  readonly isDouble: boolean
  readonly isVector: boolean
  /** The bytes of one number, and how many numbers are computed at once. */
  readonly bytes: 4 | 8
  readonly count: number
  readonly type: ValueType
  /** Where values are no instructions of WebAssembly. */
  readonly primitives?: Primitives
  constant(x: number): Value
  /** The same bits in every lane. */
  bits(x: number | bigint): Value
  toBits(x: Value): Value
  fromBits(bits: Value): Value
  shiftLeft(bits: Value, by: number): Value
  /** Brings in zeros. */
  shiftRight(bits: Value, by: number): Value
  /** x, or a bound that it is beyond; NaN stays. Of zeros either may be given. */
  atLeast(x: Value, bound: Value): Value
  atMost(x: Value, bound: Value): Value
  /** x·y + z, each of them rounded or both together. */
  multiplyAdd(x: Value, y: Value, z: Value): Value
  /** `a` where the condition holds, else `b`. */
  select(condition: Value, a: Value, b: Value): Value
  both(a: Value, b: Value): Value
  either(a: Value, b: Value): Value
  not(condition: Value): Value
  /** The numbers from a byte address on. */
  load(address: Value, offset: number): Value
}

const COMPARISONS: ReadonlySet<Operation> = /* @__PURE__ */ new Set(['eq', 'ne', 'lt', 'gt', 'le', 'ge'])

/** For most constants the same few are asked for again and again. */
function memoized<X>(f: (x: X) => Value): (x: X) => Value {
  const known = new Map<X, Value>()
  return (x) => {
    if (Object.is(x, -0)) return f(x)
    const found = known.get(x) ?? f(x)
    if (known.size < 100) known.set(x, found)
    return found
  }
}

export function lanes(precision: Precision, isVector: boolean): Lanes {
  const isDouble = precision === 'float64'
  const bytes = isDouble ? 8 : 4
  const count = isVector ? 16 / bytes : 1
  const float = isDouble ? F64 : F32
  const whole = isDouble ? I64 : I32
  const [type, bitsType, conditionType] = isVector ? [V128, V128, V128] : [float, whole, I32]
  /** One number's bytes as a constant of every lane. */
  const immediate = (own: ValueType, code: number, item: readonly number[], data: readonly number[]): Value =>
    isVector ? vectorOf(Array<readonly number[]>(count).fill(item).flat()) : value(own, [code, ...data])
  const operations = COLUMNS.map((operation) => {
    const code = opcode(operation, bytes, isVector)
    const result = COMPARISONS.has(operation)
      ? conditionType
      : (BIT_OPERATIONS as readonly Operation[]).includes(operation)
        ? bitsType
        : type
    return [operation, (...args: Value[]) => value(result, code, args)] as const
  })
  const table = Object.fromEntries(operations) as Record<Operation, (...args: Value[]) => Value>
  const shift = (operation: Shift) => (bits: Value, by: number) =>
    table[operation](
      bits,
      !isVector && isDouble ? value(I64, [0x42, ...signed(by)]) : value(I32, [0x41, ...signed(by)]),
    )
  const logic =
    (vector: number, one: number) =>
    (...args: Value[]) =>
      value(conditionType, isVector ? vectorCode(vector) : [one], args)
  return {
    ...table,
    precision,
    isDouble,
    isVector,
    bytes,
    count,
    type,
    constant: memoized((x: number) => {
      const data = isDouble ? float64Bytes(x) : float32Bytes(x)
      return immediate(float, isDouble ? 0x44 : 0x43, data, data)
    }),
    bits: memoized((x: number | bigint) => {
      const data = isDouble ? BigInt64Array.of(BigInt(x)) : Int32Array.of(Number(x))
      return immediate(whole, isDouble ? 0x42 : 0x41, [...new Uint8Array(data.buffer)], signed(x))
    }),
    toBits: (x) => (isVector ? x : value(bitsType, [isDouble ? 0xbd : 0xbc], [x])),
    fromBits: (x) => (isVector ? x : value(type, [isDouble ? 0xbf : 0xbe], [x])),
    shiftLeft: shift('shiftLeft'),
    shiftRight: shift('shiftRight'),
    // For vectors `min` and `max` are many instructions, since they look for NaN in both; these are one.
    atLeast: isVector ? (x, bound) => value(V128, vectorCode(isDouble ? 0xf7 : 0xeb), [x, bound]) : table.max,
    atMost: isVector ? (x, bound) => value(V128, vectorCode(isDouble ? 0xf6 : 0xea), [x, bound]) : table.min,
    multiplyAdd: (x, y, z) => table.add(table.mul(x, y), z),
    select: (condition, a, b) => value(type, isVector ? vectorCode(0x52) : [0x1b], [a, b, condition]),
    both: logic(0x4e, 0x71),
    either: logic(0x50, 0x72),
    not: logic(0x4d, 0x45),
    load: (address, offset) => {
      const code = isVector ? vectorCode(0) : [isDouble ? 0x2b : 0x2a]
      return value(type, [...code, isDouble ? 3 : 2, ...unsigned(offset)], [address])
    },
  }
}
