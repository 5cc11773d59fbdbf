/**
 * A bar of text: so much of it is full as of a job is done.
 *
 * @param share from 0 to 1; what is beyond counts as the nearer end.
 * @param width in characters; 24, if not given.
 *
 * @example
 * ```ts
 * import { progressBar } from '@variate/plot'
 *
 * progressBar(0.5, 8) // => '████░░░░'
 * ```
 */
export function progressBar(share: number, width = 24): string {
  const full = Math.round(width * Math.min(1, Math.max(0, share)))
  return '█'.repeat(full) + '░'.repeat(width - full)
}
