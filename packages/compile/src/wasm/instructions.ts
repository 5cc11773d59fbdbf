/** What `Lanes` does to floating-point numbers, and to their bits: the columns of the tables below. */
export const FLOAT_OPERATIONS = [
  'abs',
  'neg',
  'ceil',
  'floor',
  'trunc',
  'nearest',
  'sqrt',
  'add',
  'sub',
  'mul',
  'div',
  'min',
  'max',
  'eq',
  'ne',
  'lt',
  'gt',
  'le',
  'ge',
] as const
export const BIT_OPERATIONS = ['plus', 'minus', 'shiftLeft', 'shiftRight', 'and', 'or', 'xor'] as const

export type Operation = (typeof FLOAT_OPERATIONS)[number] | (typeof BIT_OPERATIONS)[number]

// Opcodes for one number, and for a vector of them, which come behind the byte 0xfd.
const FLOATS_32 = '8b8c8d8e8f90919293949596975b5c5d5e5f60'
const FLOATS_64 = '999a9b9c9d9e9fa0a1a2a3a4a5616263646566'
const FLOATS_32X4 = 'e0e16768696ae3e4e5e6e7e8e9414243444546'
const FLOATS_64X2 = 'eced74757a94eff0f1f2f3f4f54748494a4b4c'

/** By the width of a number in bytes, for one and for a vector. */
const TABLES: Readonly<Record<4 | 8, readonly [one: string, vector: string]>> = {
  4: [FLOATS_32 + '6a6b7476717273', FLOATS_32X4 + 'aeb1abad4e5051'],
  8: [FLOATS_64 + '7c7d8688838485', FLOATS_64X2 + 'ced1cbcd4e5051'],
}

export const COLUMNS: readonly Operation[] = [...FLOAT_OPERATIONS, ...BIT_OPERATIONS]

/** The code of an operation. */
export function opcode(operation: Operation, bytes: 4 | 8, isVector: boolean): readonly number[] {
  const column = COLUMNS.indexOf(operation)
  const code = Number.parseInt(TABLES[bytes][+isVector]!.slice(2 * column, 2 * column + 2), 16)
  return isVector ? vectorCode(code) : [code]
}

/** An instruction of vectors: its number stands in LEB128 behind 0xfd. */
export function vectorCode(code: number): readonly number[] {
  return code < 0x80 ? [0xfd, code] : [0xfd, (code & 0x7f) | 0x80, code >>> 7]
}
