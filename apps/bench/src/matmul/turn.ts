/** Who multiplies. */
export const SIDES = ['variate', 'tfjs wasm', 'jax-js'] as const

/** Milliseconds of a product by each, in one turn. */
export type Turn = Readonly<Record<(typeof SIDES)[number], number>>

/** What a process measured. */
export interface Products {
  readonly node: string
  readonly turns: readonly Turn[]
  /** How far the products are apart, of 1 plus their size; null for ∞, which JSON has not: some are no numbers. */
  readonly apart: number | null
}
