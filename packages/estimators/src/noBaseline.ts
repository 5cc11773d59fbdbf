import { fill } from '@variate/core/ops'
import type { Baseline } from './baseline.ts'

/** Nothing is subtracted. */
export const noBaseline: Baseline = {
  name: 'none',
  leastParticles: 1,
  init: () => ({}),
  of: () => fill([], 0),
  next: () => ({}),
}
