import * as fc from 'fast-check'

/** Where what is random comes from. */
export interface Choices {
  /** A whole number from 0 to below `count`. */
  below(count: number): number
  chance(share: number): boolean
  pick<Item>(items: readonly Item[]): Item
  /** A number of two digits after the point, so that failures can be read. */
  between(low: number, high: number): number
}

const wholes = (max: number): fc.Arbitrary<number> => fc.noBias(fc.nat({ max }))

export function choicesOf(generate: fc.GeneratorValue): Choices {
  const below = (count: number): number => generate(wholes, count - 1)
  return {
    below,
    chance: (share) => below(1000) < 1000 * share,
    pick: (items) => items[below(items.length)]!,
    between: (low, high) => Math.round(100 * (low + ((high - low) * below(10_001)) / 10_000)) / 100,
  }
}
