import { DomainError } from '@variate/core'
import { shown } from '@variate/core/internal'
import { isRecord, type Arrays, type Structure } from '../compiled/structure.ts'

/**
 * Which axis of each array is mapped, counted from the end if negative; null if all elements share the array. One for all
 * arrays of a value, or records and tuples of them like the value, where it is 0 for what is not named.
 */
export type BatchAxes<T> =
  | number
  | null
  | (T extends Arrays
      ? never
      : T extends object
        ? { readonly [Name in keyof T]?: BatchAxes<T[Name]> }
        : never)

/** An array among arguments: what it is called, and which axis of it is mapped. */
export interface Place {
  readonly path: string
  readonly axis: number | null
}

const ARRAY = /* @__PURE__ */ Symbol('array')

/**
 * The places of the arrays of a structure, in their order.
 *
 * @param who names the structure in errors.
 * @throws DomainError for axes that are no whole numbers, or not like the structure.
 */
export function placesOf(given: Structure, axes: unknown, who: string): readonly Place[] {
  const places: Place[] = []
  const visit = (x: unknown, named: unknown, path: string): void => {
    const axis = named === undefined ? 0 : named
    if (axis === null || Number.isInteger(axis)) {
      if (x === ARRAY) places.push({ path, axis: axis as number | null })
      else for (const [name, item] of partsOf(x)) visit(item, axis, `${path}${name}`)
      return
    }
    const parts = partsOf(x)
    const its = partsOf(axis)
    const isLike = (Array.isArray(x) && Array.isArray(axis)) || (isRecord(x) && isRecord(axis))
    const alien = [...its.keys()].find((name) => !parts.has(name))
    if (!isLike || alien !== undefined) {
      const like = parts.size > 0 ? `, or be like it, with ${[...parts.keys()].join(', ')}` : ''
      throw new DomainError(
        `batch: axes of ${path} must be a whole number or null${like}: got ${shown(axis)}`,
      )
    }
    for (const [name, item] of parts) visit(item, its.get(name), `${path}${name}`)
  }
  visit(given.rebuild(given.leaves.map(() => ARRAY)), axes, who)
  return places
}

/** What a tuple or a record holds, by names as they are written behind it. */
function partsOf(x: unknown): ReadonlyMap<string, unknown> {
  if (Array.isArray(x)) return new Map(x.map((item, i) => [`[${i}]`, item]))
  return new Map(isRecord(x) ? Object.entries(x).map(([name, item]) => [`.${name}`, item]) : [])
}
