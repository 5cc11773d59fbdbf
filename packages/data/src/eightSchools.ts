/** The eight schools: see `eightSchools`. Element i of each array is school i. */
export interface EightSchools {
  /** The estimated effect of coaching on the score, in points of the SAT-V. */
  readonly y: readonly number[]
  /** The standard error of that estimate, in the same points. */
  readonly sigma: readonly number[]
  /** The schools' names. */
  readonly schools: readonly string[]
}

/**
 * The effects of coaching for the verbal Scholastic Aptitude Test in eight schools, each a separate
 * randomised experiment, with their standard errors: the smallest of all hierarchical models.
 *
 * Source: D. B. Rubin, "Estimation in parallel randomized experiments", Journal of Educational Statistics 6
 * (1981) 377–401; Gelman et al., Bayesian Data Analysis, table 5.2.
 *
 * @example
 * ```ts
 * import { eightSchools } from '@variate/data'
 *
 * const { y, sigma, schools } = eightSchools()
 * y // => [28, 8, -3, 7, -1, 1, 18, 12]
 * sigma // => [15, 10, 16, 11, 9, 11, 10, 18]
 * schools[0] // => 'A'
 * ```
 */
export function eightSchools(): EightSchools {
  return {
    y: [28, 8, -3, 7, -1, 1, 18, 12],
    sigma: [15, 10, 16, 11, 9, 11, 10, 18],
    schools: ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'],
  }
}
