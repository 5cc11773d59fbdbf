import { NumericalError } from '../errors.ts'
import { ElementStream } from './elementStream.ts'
import { BLOCK } from './fillBits.ts'
import type { Key } from './key.ts'
import { threefry2x32 } from './threefry2x32.ts'

/** What draws are written to: rounded to its precision; counts that int32 cannot hold are refused. */
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

/**
 * Fills `out` in blocks whose working memory stays in the first-level cache. A sampler draws from lane 0 what it
 * can, in a loop over the block, and seeks the stream to those elements that need more.
 *
 * @param named the parameters, by their names in errors.
 * @param who names the distribution in errors.
 * @throws NumericalError for a count that int32 cannot hold.
 */
export function fillBlocks(
  key: Key,
  named: Readonly<Record<string, Parameter>>,
  out: Draws,
  drawBlock: DrawBlock,
  who?: string,
): void {
  const parameters = Object.values(named)
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
    if (out instanceof Int32Array)
      for (let i = 0; i < count; i++) writeCount(out, start + i, draws[i]!, named, who)
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

/** @throws NumericalError for a count that int32 cannot hold: one too great, or NaN, of parameters out of domain. */
export function writeCount(
  out: Draws,
  i: number,
  draw: number,
  named: Readonly<Record<string, Parameter>>,
  who?: string,
  row: number = i,
): void {
  if (out instanceof Int32Array && !(draw <= LARGEST_INT32)) {
    const of = Object.entries(named).map(([name, values]) => `${name} ${values[row % values.length]}`)
    throw new NumericalError(
      `${who ?? 'random'}: draw ${i} of ${of.join(', ')} is ${draw}, and counts are int32, at most 2^31 - 1: draw from a continuous distribution of the same mean and variance`,
    )
  }
  out[i] = draw
}
