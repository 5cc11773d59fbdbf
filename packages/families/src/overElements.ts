import { batch } from '@variate/compile'
import { NdArray } from '@variate/core'
import type { ParamArrays } from './variational.ts'

/** What a function gives for each element, of arguments that have an axis for each plate first. */
export function overElements<Result>(
  lengths: readonly number[],
  args: readonly unknown[],
  f: (...of: never[]) => Result,
): Result {
  const [length, ...inner] = lengths
  if (length === undefined) return f(...(args as never[]))
  return batch((...own: unknown[]) => overElements(inner, own, f), { size: length })(...args)
}

/** Arrays of elements along first axes, those of plates. */
export function stacked(rows: readonly ParamArrays[], lengths: readonly number[]): ParamArrays {
  const [first] = rows as readonly [ParamArrays]
  const entries = Object.entries(first).map(([name, item]): [string, ParamArrays[string]] => {
    if (!(item instanceof NdArray))
      return [
        name,
        stacked(
          rows.map((row) => row[name] as ParamArrays),
          lengths,
        ),
      ]
    const data = new Float64Array(rows.length * item.data.length)
    for (const [at, row] of rows.entries())
      data.set((row[name] as NdArray<Float64Array>).data, at * item.data.length)
    return [name, new NdArray(data, [...lengths, ...item.shape])]
  })
  return Object.fromEntries(entries)
}
