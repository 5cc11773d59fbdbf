/** How far a fit has come. All are nats for each example, in the mean over the steps of the epoch under way. */
export interface AmortizedProgress {
  /** The epoch under way, from 1 on, of how many. */
  readonly epoch: number
  readonly epochs: number
  readonly step: number
  readonly steps: number
  /** An estimate of the evidence lower bound, reconstruction − kl, whatever is climbed. */
  readonly elbo: number
  /** E_q[log p(x | z)]. */
  readonly reconstruction: number
  /** KL(q(z | x) ‖ p(z)). */
  readonly kl: number
  /** About how long the steps that are left take, at the pace so far. */
  readonly secondsLeft: number
  /** The same as a line of text. */
  readonly text: string
}

const WIDTH = 20

export function progressOf(progress: Omit<AmortizedProgress, 'text'>): AmortizedProgress {
  const { epoch, epochs, step, steps, elbo, reconstruction, kl, secondsLeft } = progress
  const done = Math.round((WIDTH * step) / steps)
  const bar = '█'.repeat(done) + '░'.repeat(WIDTH - done)
  const nats = `elbo ${elbo.toFixed(2)} = ${reconstruction.toFixed(2)} − ${kl.toFixed(2)} nats`
  return { ...progress, text: `epoch ${epoch}/${epochs} ${bar} ${nats}, ${timeOf(secondsLeft)} left` }
}

/** As minutes and seconds. */
function timeOf(seconds: number): string {
  const whole = Math.ceil(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
