import { FEWEST_WEIGHTS } from '../monteCarlo/paretoShape.ts'

/** What the shape of the weights' tail says of means of so many weights; 'unknown' where they are too few to tell. */
export type Reliability = 'good' | 'bad' | 'very bad' | 'unknown'

/** Above this shape the error of means falls so slowly that no number of draws that one can have is enough. */
const HOPELESS = 0.7
/** From this on the weights have no mean. */
const NO_MEAN = 1

/**
 * The largest shape with which means of so many weights can be relied upon: min(1 − 1 / log₁₀ S, 0.7).
 *
 * @see Vehtari et al., Pareto Smoothed Importance Sampling (JMLR 2024), section 3.2.4.
 */
export function largestGood(count: number): number {
  return Math.min(1 - 1 / Math.log10(count), HOPELESS)
}

export function reliabilityOf(kHat: number, count: number): Reliability {
  if (count < FEWEST_WEIGHTS) return 'unknown'
  if (kHat <= largestGood(count)) return 'good'
  return kHat <= NO_MEAN ? 'bad' : 'very bad'
}

/** A sentence that says what the shape means, and what to do. */
export function adviceOf(kHat: number, count: number): string {
  const k = `the Pareto shape of the weights' tail is ${kText(kHat)}`
  const largest = largestGood(count).toFixed(2)
  switch (reliabilityOf(kHat, count)) {
    case 'unknown':
      return `${count} weights are too few to tell how heavy their tail is: draw ${FEWEST_WEIGHTS} or more, better hundreds`
    case 'good':
      return `${k}, not above ${largest}: weighted means and their standard errors can be relied upon`
    case 'bad': {
      // S > 10^(1 / (1 − k)), which is the threshold solved for S.
      const enough = Math.ceil(10 ** (1 / (1 - kHat)))
      const more =
        kHat < HOPELESS
          ? `draw ${enough} or more, or come nearer to the posterior with a richer approximation`
          : 'come nearer to the posterior: a richer approximation, or other coordinates, such as centered: false'
      return `${k}, above ${largest}: weighted means are off by more than their standard errors say; ${more}`
    }
    case 'very bad':
      return (
        `${k}, above 1: the weights have no mean, and no number of draws makes up for it; the approximation leaves out where the ` +
        'posterior has much of its mass: take a richer one, or other coordinates, such as centered: false'
      )
  }
}

export function kText(kHat: number): string {
  return Number.isFinite(kHat) ? kHat.toFixed(2) : kHat < 0 ? '-∞' : '∞'
}
