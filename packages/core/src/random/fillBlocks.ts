import { ElementStream } from './elementStream.ts'
import { BLOCK } from './fillBits.ts'
import type { Key } from './key.ts'
import { threefry2x32 } from './threefry2x32.ts'

/** What draws are written to: rounded to its precision; where they are counts, cut off at 2³¹ − 1. */
export type Draws = Float32Array | Float64Array | Int32Array

/** A parameter of each draw: draw i has the one at i modulo the length, 1 for the same throughout. */
export type Parameter = Float32Array | Float64Array | Int32Array | Uint8Array

/** Neighbouring draws that are made together, numbered from `start`. */
export interface Block {
  readonly start: number
  readonly count: number
  /** Lane 0 of each draw: two words. */
  readonly words: Uint32Array
  /** The parameters of each draw. */
  readonly parameters: readonly Float64Array[]
  /** Where the draws go; NaN where parameters are out of domain. */
  readonly draws: Float64Array
}

export type DrawBlock = (block: Block, stream: ElementStream) => void

const LARGEST_INT32 = 2 ** 31 - 1
/** What stands for NaN among counts. */
const INVALID_COUNT = -1

/**
 * Fills `out` in blocks whose working memory stays in the first-level cache. A sampler draws from lane 0 what it
 * can, in a loop over the block, and seeks the stream to those elements that need more.
 */
export function fillBlocks(
  key: Key,
  parameters: readonly Parameter[],
  out: Draws,
  drawBlock: DrawBlock,
): void {
  const size = Math.min(BLOCK, out.length)
  const words = new Uint32Array(2 * size)
  const draws = new Float64Array(size)
  const scratch = parameters.map(() => new Float64Array(size))
  const stream = new ElementStream(key)
  for (let start = 0; start < out.length; start += size) {
    const count = Math.min(size, out.length - start)
    threefry2x32(key[0], key[1], 0, start, count === size ? words : words.subarray(0, 2 * count))
    parameters.forEach((parameter, i) => readParameter(parameter, start, count, scratch[i]!))
    drawBlock({ start, count, words, parameters: scratch, draws }, stream)
    if (out instanceof Int32Array) writeCounts(draws, out, start, count)
    else out.set(count === size ? draws : draws.subarray(0, count), start)
  }
}

function readParameter(parameter: Parameter, start: number, count: number, block: Float64Array): void {
  const { length } = parameter
  if (length === 1) {
    if (start === 0) block.fill(parameter[0]!)
    return
  }
  for (let i = 0, from = start % length; i < count; i++) {
    block[i] = parameter[from]!
    if (++from === length) from = 0
  }
}

function writeCounts(draws: Float64Array, out: Int32Array, start: number, count: number): void {
  for (let i = 0; i < count; i++) writeCount(out, start + i, draws[i]!)
}

/** Among int32 counts, what is too great is cut off, and NaN is −1. */
export function writeCount(out: Draws, i: number, draw: number): void {
  if (out instanceof Int32Array) out[i] = Number.isNaN(draw) ? INVALID_COUNT : Math.min(draw, LARGEST_INT32)
  else out[i] = draw
}
