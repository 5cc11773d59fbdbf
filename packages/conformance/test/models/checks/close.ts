/** @throws Error unless all numbers are near, relative to those expected and at least absolutely. */
export function close(what: string, own: ArrayLike<number>, expected: readonly number[], near: number): void {
  if (own.length !== expected.length)
    throw new Error(`${what}: ${own.length} numbers, expected ${expected.length}`)
  for (const [i, x] of expected.entries()) {
    if (Math.abs(own[i]! - x) <= near * Math.max(1, Math.abs(x))) continue
    throw new Error(`${what}: ${own[i]} at ${i}, expected ${x}`)
  }
}

/** @throws Error unless the names are the same. */
export function sameNames(what: string, own: object, expected: object): void {
  const [found, wanted] = [own, expected].map((of) => Object.keys(of).toSorted().join(', '))
  if (found !== wanted) throw new Error(`${what} of ${found}, expected ${wanted}`)
}
