import { NdArray } from '@variate/core'
import { constant } from '@variate/core/ops'
import type { ParamArrays, ParamTree } from '@variate/families'

/** Arrays as constants of a program. */
export function constants(tree: ParamArrays | Readonly<Record<string, NdArray>>): ParamTree {
  const of = (item: unknown): unknown => {
    if (item instanceof NdArray)
      return constant(item as never, item.data instanceof Int32Array ? 'int32' : 'float32')
    if (Array.isArray(item)) return item.map(of)
    return Object.fromEntries(Object.entries(item as object).map(([name, own]) => [name, of(own)]))
  }
  return of(tree) as ParamTree
}
