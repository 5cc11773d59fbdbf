import type { Nested } from '../distribution.ts'

/** JSON of numbers: infinities are strings, null stands for what is not known. */
export type Json = number | string | null | readonly Json[]

/** The numbers of nested JSON in order; null where none is known. */
export function flatten(json: Json): (number | null)[] {
  if (Array.isArray(json)) return json.flatMap(flatten)
  return [json === null ? null : Number(json)]
}

/** JSON as numbers, infinities among them. */
export function toNested(json: Json): Nested {
  return Array.isArray(json) ? json.map(toNested) : Number(json)
}

/** The lengths of nested arrays along their axes. */
export function shapeOf(nested: Nested): readonly number[] {
  if (typeof nested === 'number') return []
  return [nested.length, ...(nested.length > 0 ? shapeOf(nested[0]!) : [])]
}

export function numbersOf(nested: Nested): number[] {
  return typeof nested === 'number' ? [nested] : nested.flatMap(numbersOf)
}

/** The number of rows of a matrix if it is square and equal to its transpose, else undefined. */
export function symmetricSize(
  numbers: readonly (number | null)[],
  shape: readonly number[],
): number | undefined {
  const [n, m] = shape
  if (shape.length !== 2 || n === undefined || n !== m || n < 2) return undefined
  return numbers.every((x, i) => x === numbers[transposed(i, n)]) ? n : undefined
}

/** Where element i of a matrix of n rows stands in its transpose. */
export function transposed(i: number, n: number): number {
  return (i % n) * n + Math.floor(i / n)
}
