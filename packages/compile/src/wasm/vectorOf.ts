import { vectorCode } from './instructions.ts'
import { V128, value, type Value } from './value.ts'

/** The vector of 16 bytes. */
export function vectorOf(bytes: readonly number[]): Value {
  return value(V128, [...vectorCode(0x0c), ...bytes])
}
