import type { Tensor } from '@tensorflow/tfjs-core'
import { NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { reshape, slice } from '@variate/core/ops'
import type { Parameters } from './parameters.ts'

/** Some parameters as a vector. */
export interface Layout {
  readonly names: readonly string[]
  readonly shapes: readonly (readonly number[])[]
  readonly size: number
  /** The parameters of a vector. */
  split(vector: Tensor): Record<string, Tensor>
}

export function layoutOf(shapes: Readonly<Record<string, readonly number[]>>): Layout {
  const names = Object.keys(shapes)
  const all = Object.values(shapes)
  const sizes = all.map((shape) => sizeOf(shape))
  const size = sizes.reduce((a, b) => a + b, 0)
  return {
    names,
    shapes: all,
    size,
    split: (vector) => {
      let from = 0
      return Object.fromEntries(
        names.map((name, i) => {
          const own = slice(vector, [from], [sizes[i]!])
          from += sizes[i]!
          return [name, reshape(own, [...all[i]!])]
        }),
      )
    },
  }
}

export function flatten({ names }: Layout, parameters: Parameters): Float64Array {
  return Float64Array.from(names.flatMap((name) => [...(parameters[name] as NdArray).data]))
}

export function unflatten({ names, shapes }: Layout, vector: Float64Array): Parameters {
  let from = 0
  return Object.fromEntries(
    names.map((name, i) => {
      const size = sizeOf(shapes[i]!)
      from += size
      return [name, new NdArray(vector.slice(from - size, from), shapes[i]!)]
    }),
  )
}
