import { fullRankVector } from './fullRankVector.ts'
import { mean } from './initTo/mean.ts'
import { joint, type Joint } from './joint.ts'
import type { Start } from './start.ts'

export interface FullRankOptions {
  /** Where the locations begin; `initTo.mean()`, if not given. */
  readonly init?: Start
  /** What the standard deviations begin with, in numbers without bounds; 0.1, if not given. */
  readonly scale?: number
}

/**
 * A normal with any covariance over all continuous latents together, each an image of numbers without bounds; discrete latents have
 * probabilities of their own.
 *
 * @see Kucukelbir, Tran, Ranganath, Gelman and Blei, Automatic Differentiation Variational Inference (JMLR 2017).
 */
export function fullRank({ init = mean(), scale = 0.1 }: FullRankOptions = {}): Joint {
  return joint(fullRankVector(scale), init)
}
