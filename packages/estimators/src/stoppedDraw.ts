import { stopGradient } from '@variate/core/ops'
import type { Drawing } from './problem.ts'

/** A draw that is held still: a part of what makes it may have a derivative, which is not its own. */
export const stoppedDraw: Drawing = (distribution, key) => stopGradient(distribution.sample(key))
