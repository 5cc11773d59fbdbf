import type { ModelTypes } from '@variate/language'
import type { ClimbOptions } from '../bbvi/climbState.ts'
import { progressOf } from './amortizedProgress.ts'
import type { AmortizedFitOptions } from './options.ts'
import type { Steps } from './stepsFor.ts'
import type { Told } from './told.ts'

/** What tells a listener, from now on, of the epoch under way and of the time that is left. */
export function progressTo(
  listener: NonNullable<AmortizedFitOptions<ModelTypes>['onProgress']>,
  told: Told,
  { ends, steps }: Pick<Steps, 'ends' | 'steps'>,
): NonNullable<ClimbOptions['onProgress']> {
  const begun = { at: performance.now(), step: told.count }
  return ({ step }) => {
    const epoch = Math.min(
      ends.findIndex((end) => end >= step),
      ends.length - 1,
    )
    const seconds = (performance.now() - begun.at) / 1000
    return listener(
      progressOf({
        epoch: epoch + 1,
        epochs: ends.length,
        step,
        steps,
        ...told.mean(ends[epoch - 1] ?? 0, step),
        secondsLeft: (seconds / (step - begun.step)) * (steps - step),
      }),
    )
  }
}
