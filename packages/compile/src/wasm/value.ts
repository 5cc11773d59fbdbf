/** The types of WebAssembly's values, as its binary format writes them. */
export type ValueType = 0x7f | 0x7e | 0x7d | 0x7c | 0x7b

export const I32: ValueType = 0x7f
export const I64: ValueType = 0x7e
export const F32: ValueType = 0x7d
export const F64: ValueType = 0x7c
export const V128: ValueType = 0x7b

/**
 * A value in the code of a function: an instruction and the values that it takes from the stack. Values are shared where
 * they are used more than once; whoever emits them keeps those in locals.
 */
export interface Value {
  readonly type: ValueType
  /** The instruction: its opcode and what stands in the code behind it. */
  readonly code: readonly number[]
  readonly args: readonly Value[]
  /** What a variable holds. */
  readonly isVariable?: true
  /** What is read where code writes as well: it may be another in each turn of a loop. */
  readonly isFresh?: true
}

/** What is read where code writes, too. */
export function fresh(x: Value): Value {
  return { ...x, isFresh: true }
}

/** An instruction of values. */
export function value(type: ValueType, code: readonly number[], args: readonly Value[] = []): Value {
  return { type, code, args }
}
