import { fillUniform32, fillUniform64 } from './fillUniform.ts'
import type { Key } from './key.ts'

/** The least normal numbers: they stand for a uniform of 0, whose logarithm is infinite. */
const TINY_32 = 2 ** -126
const TINY_64 = 2 ** -1022

/** Standard Gumbel draws −log(−log u), each step rounded to float32; JAX's `mode="low"`, its default. */
export function fillGumbel32(key: Key, out: Float32Array): void {
  fillUniform32(key, out)
  for (let i = 0; i < out.length; i++) {
    out[i] = -Math.log(Math.fround(-Math.log(Math.max(TINY_32, out[i]!))))
  }
}

/** Standard Gumbel draws −log(−log u). */
export function fillGumbel64(key: Key, out: Float64Array): void {
  fillUniform64(key, out)
  for (let i = 0; i < out.length; i++) out[i] = -Math.log(-Math.log(Math.max(TINY_64, out[i]!)))
}
