import type { Constraint, Shape } from '@variate/distributions'

/** Where a parameter lies, and of what shape. */
export interface Domain {
  /** For one element of the plates around. */
  readonly shape: Shape
  readonly constraint: Constraint
}
