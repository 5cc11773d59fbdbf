import type { Tree } from '../compiled/structure.ts'
import type { Explanation } from '../compiled/explain.ts'
import type { Constant, ModuleData, Place, ProgramData } from '../engine/moduleData.ts'

// The bytes of a program, numbers with their lowest byte first:
//   0  the magic number
//   8  the version of the format
//  12  how many bytes there are
//  16  the CRC-32 of the bytes from 20 on
//  20  how many bytes the description takes
//  24  the description, JSON; then the module, and the bytes of each constant

/** As that of PNG: what takes bytes for text damages it. */
export const MAGIC: readonly number[] = [0x89, 0x56, 0x41, 0x52, 0x0d, 0x0a, 0x1a, 0x0a]
export const VERSION = 1
/** Where numbers of the head stand. */
export const HEAD = { version: 8, length: 12, checksum: 16, description: 20, end: 24 } as const

/** A program, and how its inputs are put together in the arguments, and its outputs in what it returns. */
export interface PlainProgram {
  readonly program: ProgramData
  readonly given: Tree
  readonly result: Tree
}

/** What JSON says of a program; static values in trees are texts. */
export interface Description {
  readonly module: Omit<ModuleData, 'code' | 'constants'>
  readonly codeBytes: number
  readonly constants: readonly (Omit<Constant, 'bytes'> & { readonly length: number })[]
  readonly inputs: readonly Place[]
  readonly outputs: readonly Place[]
  readonly explanation: Explanation
  readonly given: Tree
  readonly result: Tree
}
