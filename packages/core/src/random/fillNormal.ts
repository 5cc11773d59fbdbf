import { fastLog } from './fastLog.ts'
import { BLOCK, wordsOfBlock } from './fillBits.ts'
import { gilesErfinv32, gilesErfinv64 } from './gilesErfinv.ts'
import type { Key } from './key.ts'

// Passes over a block, because the processor overlaps the elements of short loops.
const uniforms = /* @__PURE__ */ new Float64Array(BLOCK)
const logs = /* @__PURE__ */ new Float64Array(BLOCK)
const rests = /* @__PURE__ */ new Float32Array(BLOCK)
const bitsOfRests = /* @__PURE__ */ new Int32Array(/* @__PURE__ */ rests.buffer)

const SQRT2_32 = Math.fround(Math.SQRT2)
/** The least uniform: the neighbour of −1, so that no normal is infinite. */
const LOW_32 = -1 + 2 ** -24
const LOW_64 = -1 + 2 ** -53

/**
 * Standard normals √2·erfinv(u), u uniform on (−1, 1) in float32. The square is rounded to float32 before
 * it is taken from 1, as XLA does: in the tails the normals depend on it.
 */
export function fillNormal32(key: Key, out: Float32Array): void {
  for (let start = 0; start < out.length; start += BLOCK) {
    const words = wordsOfBlock(key, start, out.length)
    const count = words.length / 2
    for (let i = 0; i < count; i++) {
      const u = ((words[2 * i]! ^ words[2 * i + 1]!) >>> 9) * 2 ** -22 + LOW_32
      out[start + i] = u
      rests[i] = 1 - Math.fround(u * u)
    }
    for (let i = 0; i < count; i++) logs[i] = -fastLog(bitsOfRests[i]!)
    for (let i = 0; i < count; i++) out[start + i] = SQRT2_32 * gilesErfinv32(out[start + i]!, logs[i]!)
  }
}

/** Standard normals √2·erfinv(u), u uniform on (−1, 1) in float64. */
export function fillNormal64(key: Key, out: Float64Array): void {
  for (let start = 0; start < out.length; start += BLOCK) {
    const words = wordsOfBlock(key, start, out.length)
    const count = words.length / 2
    for (let i = 0; i < count; i++) {
      const u = (words[2 * i]! * 2 ** 20 + (words[2 * i + 1]! >>> 12)) * 2 ** -51 + LOW_64
      uniforms[i] = u
      logs[i] = -Math.log(1 - u * u)
    }
    for (let i = 0; i < count; i++) out[start + i] = Math.SQRT2 * gilesErfinv64(uniforms[i]!, logs[i]!)
  }
}
