import { indicesOf } from '@variate/core/internal'

/** An element of a site's value, as it is told of: `theta[3]`, `z[0, 2]`, `mu`. */
export function elementText(site: string, element: readonly number[]): string {
  return element.length === 0 ? site : `${site}[${element.join(', ')}]`
}

/** The indices of all elements of a shape, in their order. */
export function elementsOf(shape: readonly number[]): readonly (readonly number[])[] {
  const size = shape.reduce((product, length) => product * length, 1)
  return Array.from({ length: size }, (_, at) => indicesOf(at, shape))
}
