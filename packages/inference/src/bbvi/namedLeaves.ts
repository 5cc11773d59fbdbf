import { DomainError, NdArray, toArray, type ArrayOfAnyRank } from '@variate/core'
import type { ParamArrays } from '@variate/families'

type Leaf = readonly [string, NdArray]

/** The arrays of a tree, by their names; those of nested ones come after the names of what they are in, after dots. */
export function namedLeaves(tree: ParamArrays, prefix = ''): readonly Leaf[] {
  return Object.entries(tree).flatMap(([name, item]): readonly Leaf[] =>
    item instanceof NdArray
      ? [[`${prefix}${name}`, item]]
      : namedLeaves(item as ParamArrays, `${prefix}${name}.`),
  )
}

/**
 * A tree with some of its arrays replaced.
 *
 * @throws ShapeError and DomainError for what is not of the shape that it has there, or not finite.
 */
export function withNamed(
  tree: ParamArrays,
  given: Readonly<Record<string, ArrayOfAnyRank>>,
  who: string,
  prefix = '',
): ParamArrays {
  const items = Object.entries(tree).map(([name, item]): [string, ParamArrays[string]] => {
    const path = `${prefix}${name}`
    if (!(item instanceof NdArray)) {
      const within = withNamed(item as ParamArrays, given, who, `${path}.`)
      return [name, Array.isArray(item) ? (Object.values(within) as ParamArrays[]) : within]
    }
    if (!Object.hasOwn(given, path)) return [name, item]
    return [name, new NdArray(toArray(given[path]!, item.shape, `${who}: params "${path}"`), item.shape)]
  })
  return Object.fromEntries(items)
}

/** @throws DomainError for a name that is no parameter's. */
export function checkNames(trees: readonly ParamArrays[], given: object, who: string): void {
  const known = trees.flatMap((tree) => namedLeaves(tree).map(([name]) => name))
  const lost = Object.keys(given).find((name) => !known.includes(name))
  if (lost === undefined) return
  throw new DomainError(
    `${who}: params "${lost}" is no parameter that is fitted: there are ${known.map((name) => `"${name}"`).join(', ')}`,
  )
}
