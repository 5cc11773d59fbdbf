import { UnsupportedError } from '@variate/core'
import type { Tree } from '../compiled/structure.ts'
import type { Program } from '../engine/program.ts'
import { encodeProgram } from './encodeProgram.ts'

/**
 * A program as bytes.
 *
 * @throws UnsupportedError for one that is not WebAssembly alone.
 */
export function toBytes({ data, explanation }: Program, given: Tree, result: Tree): Uint8Array<ArrayBuffer> {
  if (!data) {
    throw new UnsupportedError(
      `toBytes: the program runs operation by operation on TensorFlow.js (${explanation.reason}), only one that is compiled ` +
        "is plain data: set engine 'wasm', and use loop() for what is repeated",
    )
  }
  const { called } = explanation
  if (called.length === 0) return encodeProgram({ program: data, given, result })
  throw new UnsupportedError(
    `toBytes: the program calls JavaScript for ${called.join(', ')}, which bytes do not hold: compute what these give outside ` +
      'of the function and pass it as an argument',
  )
}
