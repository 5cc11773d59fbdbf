import { middle, type Start } from '../start.ts'

/** The middle of each support: 0 for all numbers, 1 for positive ones, 1/2 between 0 and 1. */
export function feasible(): Start {
  return middle
}
