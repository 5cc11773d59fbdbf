import { signed, unsigned } from './encode.ts'
import { variable, type Instruction, type Statement } from './statement.ts'
import { fresh, I32, I64, value, type Value } from './value.ts'

// Atomic int32 in memory that threads share, at byte addresses that are multiples of 4. What is read is another each time:
// https://webassembly.github.io/threads/core/binary/instructions.html

const [NOTIFY, WAIT, LOAD, STORE, ADD, SUBTRACT, EXCHANGE] = [0x00, 0x01, 0x10, 0x17, 0x1e, 0x25, 0x48]

function code(opcode: number, offset: number): readonly number[] {
  return [0xfe, opcode, 2, ...unsigned(offset)]
}

export function atomicLoad(address: Value, offset = 0): Value {
  return fresh(value(I32, code(LOAD, offset), [address]))
}

export function atomicStore(address: Value, x: Value): Instruction {
  return { code: code(STORE, 0), args: [address, x] }
}

/** Adds to a number; what it was before. */
export function atomicAdd(address: Value, x: Value): Value {
  return fresh(value(I32, code(ADD, 0), [address, x]))
}

/** Subtracts from a number; what it was before. */
export function atomicSubtract(address: Value, x: Value): Value {
  return fresh(value(I32, code(SUBTRACT, 0), [address, x]))
}

/** Puts another number in the place of the one that is expected, if that is there; what was there before. */
export function atomicExchange(address: Value, expected: Value, other: Value): Value {
  return fresh(value(I32, code(EXCHANGE, 0), [address, expected, other]))
}

/** How a wait ended that was not ended by `notifyAll` or another number than the expected. */
export const TIMED_OUT = 2

/** Waits as long as a number is what is expected, at most so long. */
export function atomicWait(address: Value, expected: Value, milliseconds: number): Value {
  const time = value(I64, [0x42, ...signed(milliseconds * 1e6)])
  return fresh(value(I32, code(WAIT, 0), [address, expected, time]))
}

/** Wakes all who wait at an address. */
export function notifyAll(address: Value): Statement {
  const all = value(I32, [0x41, ...signed(2 ** 31 - 1)])
  return { variable: variable(I32), to: fresh(value(I32, code(NOTIFY, 0), [address, all])) }
}
