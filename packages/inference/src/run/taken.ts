import { NdArray, ndarray, UnsupportedError, type NumericArray } from '@variate/core'

/** Plain data with its arrays taken out. */
export interface Taken {
  readonly tensors: Readonly<Record<string, NdArray>>
  /** What JSON can say, with the names of arrays in their places. */
  readonly tree: unknown
}

/**
 * Takes the arrays out of plain data.
 *
 * @param nameOf what the array at a path is called, if that is free.
 * @throws UnsupportedError for what would not come back as it was.
 */
export function taken(value: object, nameOf: (path: string) => string): Taken {
  const tensors = new Map<string, NdArray>()
  const known = new Map<NumericArray, [name: string, shape: string][]>()
  const nameFor = (array: NdArray, path: string): string => {
    const shape = String(array.shape)
    const same = known.get(array.data)?.find(([, other]) => other === shape)
    if (same) return same[0]
    let name = nameOf(path)
    if (tensors.has(name)) name = path
    while (tensors.has(name) || name === '__metadata__') name = `${name}'`
    tensors.set(name, array)
    known.set(array.data, [...(known.get(array.data) ?? []), [name, shape]])
    return name
  }
  const walk = (item: unknown, name: string, path: string): unknown => {
    if (item instanceof NdArray) return { $array: nameFor(item, path) }
    if (isNumericArray(item)) return { $tensor: nameFor(ndarray(item), path) }
    if (typeof item === 'number' && (!Number.isFinite(item) || Object.is(item, -0)))
      return { $number: Object.is(item, -0) ? '-0' : String(item) }
    refuseUnknown(name, item)
    if (typeof item !== 'object' || item === null) return item
    const within = path === '' ? '' : `${path}.`
    if (Array.isArray(item)) return item.map((own, i) => walk(own, String(i), `${within}${i}`))
    return Object.fromEntries(
      Object.entries(item).map(([own, x]) => {
        if (own.startsWith('$'))
          throw new UnsupportedError(`checkpoint: a name cannot start with $, got "${own}"`)
        return [own, walk(x, own, `${within}${own}`)]
      }),
    )
  }
  const tree = walk(value, '', '')
  return { tensors: Object.fromEntries(tensors), tree }
}

function isNumericArray(item: unknown): item is NumericArray {
  return (
    item instanceof Float64Array ||
    item instanceof Float32Array ||
    item instanceof Int32Array ||
    item instanceof Uint32Array ||
    item instanceof Uint8Array
  )
}

/** Only what comes back as it was is stored: no class, no function. */
function refuseUnknown(name: string, item: unknown): void {
  if (typeof item === 'bigint' || typeof item === 'function' || typeof item === 'symbol') {
    throw new UnsupportedError(`checkpoint: "${name}" is a ${typeof item}, which cannot be stored`)
  }
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return
  const prototype = Object.getPrototypeOf(item) as unknown
  if (prototype !== Object.prototype && prototype !== null) {
    const type = item.constructor?.name ?? 'class'
    throw new UnsupportedError(
      `checkpoint: "${name}" is a ${type}, only records, lists and arrays of numbers can be stored`,
    )
  }
}
