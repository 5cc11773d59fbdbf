import { DomainError, foldIn, random, type Key } from '@variate/core'

/** Which rows a classifier is fitted to, and which it is tested on, each in ascending order. */
export interface Split {
  readonly train: Int32Array
  readonly test: Int32Array
}

/**
 * Parts rows so that each class has the same share in both parts, and at least one row in each: of class k, the first of the
 * permutation by `foldIn(key, k)` are for the test.
 *
 * @param y [n], which class each row is of, from 0.
 * @param share of each class, how much is for the test.
 * @param names of the classes, for errors.
 * @throws DomainError for a class of one row.
 */
export function stratifiedSplit(
  key: Key,
  y: Int32Array,
  names: readonly (number | string)[],
  share: number,
  who: string,
): Split {
  const test: number[] = []
  const train: number[] = []
  for (const [k, name] of names.entries()) {
    const rows = Array.from(y.keys()).filter((row) => y[row] === k)
    if (rows.length < 2)
      throw new DomainError(`${who}: class ${name} has one row: there must be one to fit and one to test`)
    const count = Math.min(rows.length - 1, Math.max(1, Math.round(share * rows.length)))
    const order = random.permutation(foldIn(key, k), rows)
    test.push(...order.slice(0, count))
    train.push(...order.slice(count))
  }
  return { train: Int32Array.from(train).sort(), test: Int32Array.from(test).sort() }
}
