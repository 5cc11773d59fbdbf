/** A fit that both sides are timed on. */
export interface Case {
  readonly covariance: 'full' | 'tied' | 'diagonal' | 'spherical'
  readonly observations: number
  readonly dimension: number
  readonly components: number
  /** A short and a long fit: the time of an iteration is the difference over the difference. */
  readonly iterations: readonly [number, number]
  /** How many times both sides are measured, in turns. */
  readonly pairs: number
  /** How many times as fast as scikit-learn this must be. */
  readonly target?: number
}

const plane = { observations: 100_000, dimension: 2, components: 5, iterations: [5, 45], pairs: 9 } as const
const sixteen = {
  observations: 100_000,
  dimension: 16,
  components: 10,
  iterations: [1, 6],
  pairs: 7,
} as const
const digits = { observations: 10_000, dimension: 196, components: 10, iterations: [1, 3], pairs: 7 } as const

export const cases: readonly Case[] = [
  { ...plane, covariance: 'full', target: 12 },
  { ...plane, covariance: 'diagonal', target: 1 },
  { ...plane, covariance: 'tied' },
  { ...plane, covariance: 'spherical' },
  { ...sixteen, covariance: 'full', target: 2.5 },
  { ...sixteen, covariance: 'diagonal', target: 1 },
  { ...digits, covariance: 'full', target: 1 },
  { ...digits, covariance: 'diagonal', iterations: [1, 11], target: 1 },
]

/** The same forms in small, which is no size to hold a target against. */
export const quickCases: readonly Case[] = cases.map(
  ({ covariance, observations, dimension, components }) => ({
    covariance,
    observations: observations / 10,
    dimension: Math.min(dimension, 16),
    components,
    iterations: [1, 4],
    pairs: 3,
  }),
)
