/**
 * The log joint as a polynomial of statistics of factors, each product with one statistic of a factor at most: its expectation
 * under q is that of the expected statistics. Products are filled up with a statistic that is always 1, the last.
 */
export interface Polynomial {
  readonly constant: number
  /** Of each product. */
  readonly coefficients: Float64Array
  /** The statistics of each product, [products, width]. */
  readonly statistics: Int32Array
  readonly width: number
  /** The element of the plate whose subsets are taken that each product belongs to; −1 for none. */
  readonly tags: Int32Array
  /** For each statistic where the products begin that it is in, among all of all statistics. */
  readonly starts: Int32Array
  /** The coefficients of these products. */
  readonly factors: Float64Array
  /** Their other statistics, [.., width − 1]. */
  readonly others: Int32Array
}

export class PolynomialBuilder {
  #constant = 0
  readonly #coefficients: number[] = []
  readonly #statistics: (readonly number[])[] = []
  readonly #tags: number[] = []

  /** Adds a product of statistics. */
  add(coefficient: number, statistics: readonly number[], tag: number): void {
    if (statistics.length === 0 && tag < 0) {
      this.#constant += coefficient
      return
    }
    this.#coefficients.push(coefficient)
    this.#statistics.push(statistics)
    this.#tags.push(tag)
  }

  /** @param total how many statistics there are; that which is always 1 comes after them. */
  build(total: number): Polynomial {
    const width = this.#statistics.reduce((most, { length }) => Math.max(most, length), 2)
    const statistics = new Int32Array(this.#statistics.length * width).fill(total)
    const starts = new Int32Array(total + 1)
    for (const [product, own] of this.#statistics.entries()) {
      statistics.set(own, product * width)
      for (const statistic of own) starts[statistic + 1]!++
    }
    for (let i = 0; i < total; i++) starts[i + 1]! += starts[i]!
    const next = starts.slice()
    const factors = new Float64Array(starts[total]!)
    const others = new Int32Array(starts[total]! * (width - 1)).fill(total)
    for (const [product, own] of this.#statistics.entries()) {
      for (const [i, statistic] of own.entries()) {
        const at = next[statistic]!++
        factors[at] = this.#coefficients[product]!
        others.set(own.toSpliced(i, 1), at * (width - 1))
      }
    }
    return {
      constant: this.#constant,
      coefficients: Float64Array.from(this.#coefficients),
      statistics,
      width,
      tags: Int32Array.from(this.#tags),
      starts,
      factors,
      others,
    }
  }
}

/**
 * The derivatives in some statistics, one behind the other, which are what the log joint says of them.
 *
 * @param expected the expected statistics, and 1.
 * @param to where they are written, at their own places.
 */
export function writeSlopes(
  { starts, factors, others, width }: Polynomial,
  from: number,
  count: number,
  expected: Float64Array,
  to: Float64Array,
): void {
  const more = width - 1
  for (let statistic = from; statistic < from + count; statistic++) {
    let slope = 0
    const end = starts[statistic + 1]!
    for (let at = starts[statistic]!; at < end; at++) {
      let value = expected[others[at * more]!]!
      for (let i = at * more + 1; i < (at + 1) * more; i++) value *= expected[others[i]!]!
      // Where a factor is 0 what is impossible counts nothing.
      if (value !== 0) slope += factors[at]! * value
    }
    to[statistic] = slope
  }
}

/** E log p of all, and how large what is added up for it is. */
export function expectedLogJoint(
  { constant, coefficients, statistics, width }: Polynomial,
  expected: Float64Array,
): { readonly value: number; readonly magnitude: number } {
  let value = constant
  let magnitude = Math.abs(constant)
  for (let product = 0, at = 0; product < coefficients.length; product++) {
    let term = 1
    for (const end = at + width; at < end; at++) term *= expected[statistics[at]!]!
    if (term === 0) continue
    term *= coefficients[product]!
    value += term
    magnitude += Math.abs(term)
  }
  return { value, magnitude }
}
