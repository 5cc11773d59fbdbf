import * as tf from '@tensorflow/tfjs-core'
import { key, NdArray, split, type Key } from '@variate/core'
import type { AnyKey } from '@variate/core/ops'
import { compile } from '../../src/index.ts'

/** Draws from a key and parameters. */
export type DrawOf = (k: AnyKey, ...parameters: tf.Tensor[]) => tf.Tensor

/** A parameter: its elements row-major, and its shape, one axis if none is given. */
export interface Given {
  readonly data: readonly number[]
  readonly shape?: readonly number[]
}

/** So many draws are compared. */
export const COUNT = 3001
const KEYS: readonly Key[] = [key(0), split(key(3), 2)[1]!]

/** How far real draws may be from those of core, relative: compiled logarithms differ from others in the last bit. */
const TOLERANCE = { float32: 2 ** -23, float64: 2 ** -20 } as const

/** Draws of parameters that are the same for all, for each of the lists; and of all of them together, a draw each. */
export function ways(columns: readonly (readonly number[])[]): readonly (readonly Given[])[] {
  const rows = columns[0]!.map((_, i) => columns.map((column) => ({ data: [column[i]!] })))
  const together = columns.map((column) => ({
    data: Array.from({ length: COUNT }, (_, i) => column[i % column.length]!),
  }))
  return [...rows, together]
}

/** Where a compiled program does not draw what core draws in float32 from the same keys, the first few, and what it calls. */
export function differences(
  draw: DrawOf,
  parameters: readonly Given[],
  precision: 'float32' | 'float64',
): readonly string[] {
  const f = compile((k: tf.Tensor, ...xs: tf.Tensor[]) => draw(k, ...xs), { precision, engine: 'wasm' })
  const inputs = parameters.map(
    ({ data, shape }) => new NdArray(Float64Array.from(data, Math.fround), shape ?? [data.length]),
  )
  const found = KEYS.flatMap((k) => {
    const got = numbersOf(f(Int32Array.from(k), ...inputs))
    const wanted = tf.tidy(() => {
      const tensors = parameters.map(({ data, shape }) => tf.tensor([...data], [...(shape ?? [data.length])]))
      return Array.from(draw(k, ...tensors).dataSync())
    })
    if (got.length !== wanted.length) return [`${got.length} for ${wanted.length}`]
    const bad = got.flatMap((x, i) => {
      const y = wanted[i]!
      const isSame = Object.is(x, y) || Math.abs(x - y) <= TOLERANCE[precision] * Math.abs(y)
      return isSame ? [] : [`${i}: ${x} for ${y}`]
    })
    const given = parameters.map(({ data }) => `[${data.slice(0, 6)}]`)
    return bad.length > 0 ? [`${bad.length} of ${given}`, ...bad.slice(0, 5)] : []
  })
  return [...found, ...f.explain().called]
}

function numbersOf(x: unknown): readonly number[] {
  if (x instanceof NdArray) return Array.from(x.data as Float64Array)
  const data = Array.from((x as tf.Tensor).dataSync())
  ;(x as tf.Tensor).dispose()
  return data
}
