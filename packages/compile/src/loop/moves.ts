import { unsigned } from '../wasm/encode.ts'
import { vectorCode } from '../wasm/instructions.ts'
import { repeat, variable, whole, type Instruction, type Loop, type Statement } from '../wasm/statement.ts'
import { I32, I64, V128, value, type Value } from '../wasm/value.ts'

/** Above so many bytes a call for the whole is no slower than an instruction for each piece. */
const MOST_IN_PIECES = 512

/** How pieces of memory are loaded and stored, the largest first. */
const PIECES = [
  { bytes: 16, type: V128, load: vectorCode(0), store: vectorCode(11), align: 4 },
  { bytes: 8, type: I64, load: [0x29], store: [0x37], align: 3 },
  { bytes: 4, type: I32, load: [0x28], store: [0x36], align: 2 },
] as const

/** A part of memory that begins so many bytes behind a computed address. */
export interface Place {
  readonly base: Value
  readonly offset: number
}

/** The part of memory at a byte address. */
export function at(offset: number): Place {
  return { base: whole(0), offset }
}

/**
 * Copies bytes, a multiple of 4.
 *
 * @param largest of the pieces: what was just written in smaller ones is read faster in those.
 */
export function copied(from: Place, to: Place, bytes: number, largest = 16): readonly Statement[] {
  if (bytes > MOST_IN_PIECES) {
    const address = ({ base, offset }: Place): Value => value(I32, [0x6a], [base, whole(offset | 0)])
    return [{ code: [0xfc, 0x0a, 0, 0], args: [address(to), address(from), whole(bytes)] }]
  }
  const statements: Statement[] = []
  for (let done = 0; done < bytes;) {
    const piece = PIECES.find((p) => p.bytes <= Math.min(largest, bytes - done))!
    const { type, load, store, align } = piece
    const x = value(type, [...load, align, ...unsigned(from.offset + done)], [from.base])
    statements.push({ code: [...store, align, ...unsigned(to.offset + done)], args: [to.base, x] })
    done += piece.bytes
  }
  return statements
}

/** Sets bytes to 0. */
export function cleared(to: number, bytes: number): readonly Statement[] {
  return bytes === 0 ? [] : [{ code: [0xfc, 0x0b, 0], args: [whole(to), whole(0), whole(bytes)] }]
}

/** A call that is made if a condition, 0 or 1, is 1: a loop of so many turns. */
export function when(condition: Value, call: Instruction): Loop {
  return { ...repeat(variable(I32), 0, 1, 1, [call]), to: condition, mayBeEmpty: true }
}
