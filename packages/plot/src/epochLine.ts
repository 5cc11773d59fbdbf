import { DomainError } from '@variate/core'
import { progressBar } from './progressBar.ts'

/** How far a fit by epochs is. */
export interface EpochProgress {
  /** Epochs done. */
  readonly epoch: number
  readonly epochs: number
  /** The evidence lower bound, in nats an observation: reconstruction − KL. */
  readonly elbo: number
  /** E_q[log p(x | z)], in nats an observation. */
  readonly reconstruction: number
  /** KL(q(z | x) ‖ p(z)), in nats an observation. */
  readonly kl: number
  /** Left out of the line where it is not known, or not finite. */
  readonly secondsLeft?: number | undefined
}

export interface EpochLineOptions {
  /** Characters that there is room for; as many as it takes, if not given. */
  readonly width?: number | undefined
}

const BAR = 20

/**
 * One line of text about an epoch: which it is, a bar, the ELBO and its two parts, and the time left. Numbers stay in their places
 * from one epoch to the next. What does not fit into `width` is left out, last things first.
 *
 * @throws DomainError unless 0 ≤ epoch ≤ epochs, both whole and epochs ≥ 1.
 *
 * @example
 * ```ts
 * import { epochLine } from '@variate/plot'
 *
 * const progress = { epoch: 5, epochs: 20, elbo: -161.31, reconstruction: -155.7, kl: 5.61, secondsLeft: 72 }
 * epochLine(progress)
 * // => 'epoch  5/20  █████░░░░░░░░░░░░░░░  ELBO  −161.31  reconstruction  −155.70  KL   5.61  about 1 min 12 s left'
 * epochLine(progress, { width: 60 }) // => 'epoch  5/20  █████░░░░░░░░░░░░░░░  ELBO  −161.31'
 * ```
 */
export function epochLine(progress: EpochProgress, { width = Infinity }: EpochLineOptions = {}): string {
  const { epoch, epochs, elbo, reconstruction, kl, secondsLeft } = progress
  if (!(Number.isInteger(epoch) && Number.isInteger(epochs) && epochs >= 1 && epoch >= 0 && epoch <= epochs))
    throw new DomainError(
      `epochLine: epoch must be a whole number from 0 to epochs, got ${epoch} of ${epochs}`,
    )
  const parts = [
    `epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`,
    progressBar(epoch / epochs, BAR),
    `ELBO ${nats(elbo, 8)}`,
    `reconstruction ${nats(reconstruction, 8)}`,
    `KL ${nats(kl, 6)}`,
    ...(secondsLeft === undefined || !Number.isFinite(secondsLeft) || epoch === epochs
      ? []
      : [`about ${duration(secondsLeft)} left`]),
  ]
  for (let count = parts.length; count > 0; count--) {
    const line = parts.slice(0, count).join('  ')
    if (line.length <= width) return line
  }
  return ''
}

function nats(value: number, width: number): string {
  return value.toFixed(2).replace('-', '−').padStart(width)
}

function duration(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds))
  const [minutes, hours] = [Math.floor(whole / 60), Math.floor(whole / 3600)]
  if (hours > 0) return `${hours} h ${minutes % 60} min`
  return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`
}
