import type { Tensor } from '@tensorflow/tfjs-core'
import { compile } from '@variate/compile'
import type { Key, NdArray } from '@variate/core'
import { biject, type Bijector } from '@variate/distributions'
import type { Bound } from './bind.ts'
import { initialParams } from './initialParams.ts'

/** Tensors by name; parameters of networks nested. */
export type ParamTree = { readonly [name: string]: Tensor | ParamTree | readonly ParamTree[] }

/** Arrays by name; parameters of networks nested. */
export type ParamArrays = { readonly [name: string]: NdArray | ParamArrays | readonly ParamArrays[] }

/** The parameters of a program that are not given: numbers without bounds, of networks as they are. */
export interface FreeParameters {
  /** What they begin with. */
  init(key: Key): ParamArrays
  /** Their values, in their domains. */
  values(free: ParamTree): Readonly<Record<string, Tensor>>
}

export function freeParameters({ program, sizes, values: given }: Bound): FreeParameters {
  const open = program.declarations.filter(
    (site) => (site.kind === 'param' || site.kind === 'network') && given[site.name] === undefined,
  )
  const maps = new Map<string, Bijector>(
    open.flatMap((site) => (site.kind === 'param' ? [[site.name, biject(site.domain.constraint)]] : [])),
  )
  const each = (tree: ParamTree, f: (map: Bijector, x: Tensor) => Tensor): ParamTree =>
    Object.fromEntries(
      Object.entries(tree).map(([name, x]) => [name, maps.has(name) ? f(maps.get(name)!, x as Tensor) : x]),
    )
  return {
    init: (key) => {
      if (open.length === 0) return {}
      const all = initialParams(program, sizes, key)
      const own = Object.fromEntries(open.map(({ name }) => [name, all[name]!])) as ParamArrays
      const constrained = Object.fromEntries(Object.entries(own).filter(([name]) => maps.has(name)))
      if (maps.size === 0) return own
      const free = compile((x: ParamTree) => each(x, (map, y) => map.inverse(y)), { precision: 'float64' })
      return { ...own, ...(free(constrained as never) as unknown as Record<string, NdArray>) }
    },
    values: (free) => each(free, (map, x) => map.forward(x)) as Readonly<Record<string, Tensor>>,
  }
}
