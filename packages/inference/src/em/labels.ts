import { foldIn, key, type Key } from '@variate/core'
import { initialParams, type Program } from '@variate/language/internal'
import type { Parameters } from './parameters.ts'

/**
 * Parameters of which no two numbers are equal, within their domains: by them it is found what depends on what.
 *
 * @param names those that are wanted.
 */
export function labelled(
  program: Program,
  sizes: ReadonlyMap<string, number>,
  names: readonly string[],
  own: Key = key(0),
): readonly [Parameters, Parameters] {
  const free: Program = {
    ...program,
    declarations: program.declarations.map((site) => {
      if (site.kind !== 'param') return site
      const { init: _, ...rest } = site
      return rest
    }),
  }
  const draw = (i: number): Parameters => {
    const all = initialParams(free, sizes, foldIn(own, i))
    return Object.fromEntries(names.map((name) => [name, all[name]!]))
  }
  return [draw(0), draw(1)]
}
