import { fractionOf, signOf, spareOfNormal, uniformOf, type ElementStream } from './elementStream.ts'
import { fillBlocks, type Block, type Draws, type Parameter } from './fillBlocks.ts'
import { BLOCK } from './fillBits.ts'
import { drawExponentials } from './fillExponential.ts'
import type { Key } from './key.ts'
import { threefry2x32 } from './threefry2x32.ts'
import { NORMAL } from './ziggurat.ts'

/** The lane of the boost: attempts never come to it. */
const BOOST_LANE = -1
/** The draws of a block that take a second look, after the loop: calls within it would slow it down. */
const later = /* @__PURE__ */ new Int32Array(BLOCK)
const boostWords = /* @__PURE__ */ new Uint32Array(2 * BLOCK)

/**
 * Draws from gamma distributions of rate 1, exact: a normal x is cubed, d·(1 + c·x)³ with d = a − 1/3 and
 * c = 1/√(9d), and accepted with probability exp(3d·q(c·x)), q(t) = log(1 + t) − t + t²/2 − t³/3 (Marsaglia and
 * Tsang 2000, “A simple method for generating gamma variables”, ACM TOMS 26 (3); their test, put without
 * cancellation). For a < 1 it is a draw of a + 1 times u^(1/a); for a = 1 it is an exponential.
 *
 * @param concentration a > 0. A draw below the least number of `out` is 0.
 */
export function fillGamma(key: Key, concentration: Parameter, out: Draws): void {
  fillBlocks(key, { concentration }, out, (block, stream) => {
    drawBlock(block, stream)
    boost(block, key, false)
  })
}

/** The logarithms of what `fillGamma` draws, without underflow: finite for every concentration above 1e-306. */
export function fillLogGamma(key: Key, concentration: Parameter, out: Draws): void {
  fillBlocks(key, { concentration }, out, (block, stream) => {
    drawBlock(block, stream)
    const { count, draws } = block
    for (let i = 0; i < count; i++) draws[i] = Math.log(draws[i]!)
    boost(block, key, true)
  })
}

/** Gammas of concentration a, or of a + 1 where a < 1: cubes, or for a = 1 exponentials. */
function drawBlock(block: Block, stream: ElementStream): void {
  if (isAllOnes(block)) drawExponentials(block, stream)
  else drawCubes(block, stream)
}

function isAllOnes({ count, parameters }: Block): boolean {
  let ones = 0
  while (ones < count && parameters[0]![ones] === 1) ones++
  return ones === count
}

function drawCubes({ start, count, words, parameters, draws }: Block, stream: ElementStream): void {
  const concentrations = parameters[0]!
  const { radii } = NORMAL
  let a = NaN
  let d = NaN
  let c = NaN
  let rest = 0
  for (let i = 0; i < count; i++) {
    if (concentrations[i] !== a) {
      a = concentrations[i]!
      d = a === 1 ? NaN : depth(a)
      c = 1 / (3 * Math.sqrt(d))
    }
    const word = words[2 * i]!
    const layer = word & 0xff
    const size = fractionOf(word, words[2 * i + 1]!) * radii[layer]!
    const x = size * signOf(word)
    const t = c * x
    // q(t) ≥ −t⁴/4, over 1 + t if t < 0; and 3d·t⁴/4 = x²·t²/12.
    const refused = 1 - (spareOfNormal(word) + 1) * 2 ** -12
    const bound = (x * x * t * t) / 12
    draws[i] = d * (1 + t) * (1 + t) * (1 + t)
    if (!(size < radii[layer + 1]! && bound <= refused * Math.min(1, 1 + t))) later[rest++] = i
  }
  for (let k = 0; k < rest; k++) {
    const i = later[k]!
    stream.seek(start + i)
    draws[i] = concentrations[i] === 1 ? stream.exponential() : drawCube(depth(concentrations[i]!), stream)
  }
}

/** d of concentration a, or of a + 1 where a < 1. */
function depth(a: number): number {
  if (!(a > 0 && a < Infinity)) return NaN
  return a < 1 ? a + 2 / 3 : a - 1 / 3
}
function drawCube(d: number, stream: ElementStream): number {
  if (!(d > 0)) return NaN
  const c = 1 / (3 * Math.sqrt(d))
  for (;;) {
    const t = c * stream.normal()
    if (t > -1 && Math.log(stream.acceptance()) < 3 * d * logRemainder(t))
      return d * (1 + t) * (1 + t) * (1 + t)
  }
}

/** log(1 + t) − t + t²/2 − t³/3. */
function logRemainder(t: number): number {
  if (Math.abs(t) > 0.1) return Math.log1p(t) - t + t * t * (1 / 2 - t / 3)
  let sum = 0
  for (let n = 16; n >= 4; n--) sum = 1 / n - t * sum
  return -(t ** 4) * sum
}

/** Times u^(1/a) where a < 1: in logarithms, or not. */
function boost({ start, count, parameters, draws }: Block, key: Key, inLogs: boolean): void {
  const concentrations = parameters[0]!
  let from = 0
  while (from < count && !(concentrations[from]! < 1)) from++
  if (from === count) return
  const words = count === BLOCK ? boostWords : boostWords.subarray(0, 2 * count)
  threefry2x32(key[0], key[1], BOOST_LANE, start, words)
  for (let i = from; i < count; i++) {
    const a = concentrations[i]!
    if (!(a < 1)) continue
    const log = Math.log(uniformOf(words[2 * i]!, words[2 * i + 1]!)) / a
    if (inLogs) draws[i] = Math.max(draws[i]! + log, -Number.MAX_VALUE)
    else draws[i]! *= Math.exp(log)
  }
}
