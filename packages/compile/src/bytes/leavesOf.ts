import { ShapeError } from '@variate/core'
import { isArrays, isRecord, type Arrays, type Tree } from '../compiled/structure.ts'

/** An array, and where it stands. */
export interface Leaf {
  readonly array: Arrays
  readonly path: string
}

/**
 * The arrays of a value that is put together as a tree says.
 *
 * @param path where the value stands, for errors.
 * @throws ShapeError, by its place, for the first part that is another.
 */
export function leavesOf(tree: Tree, value: unknown, path: string): readonly Leaf[] {
  const leaves: Leaf[] = []
  const walk = (own: Tree, x: unknown, at: string): void => {
    const fail = (expected: string): never => {
      throw new ShapeError(`fromBytes: the program was made for ${expected} as ${at}, got ${told(x)}`)
    }
    if (own.kind === 'leaf')
      leaves[own.index] = isArrays(x) ? { array: x, path: at } : fail('a tensor or an array')
    else if (own.kind === 'static') {
      if (!Object.is(x, own.value)) fail(told(own.value))
    } else if (own.kind === 'list') {
      const { length } = own.items
      const items = Array.isArray(x) && x.length === length ? x : fail(`a list of ${length}`)
      for (const [i, item] of own.items.entries()) walk(item, items[i], `${at}[${i}]`)
    } else {
      const { names, items } = own
      const record = isRecord(x) ? x : fail(`a record of ${names}`)
      const others = Object.keys(record).filter((name) => !names.includes(name))
      if (others.length > 0 || names.some((name) => !Object.hasOwn(record, name)))
        fail(`a record of ${names}`)
      for (const [i, name] of names.entries()) walk(items[i]!, record[name], `${at}.${name}`)
    }
  }
  walk(tree, value, path)
  return leaves
}

function told(x: unknown): string {
  if (isArrays(x)) return 'an array'
  if (Array.isArray(x)) return `a list of ${x.length}`
  if (isRecord(x)) return `a record of ${Object.keys(x)}`
  return typeof x === 'string' ? JSON.stringify(x) : Object.is(x, -0) ? '-0' : String(x)
}
