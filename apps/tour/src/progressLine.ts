import { styleText } from 'node:util'
import { progressBar } from '@variate/plot'
import { formatSeconds } from './format.ts'

export interface ProgressState {
  /** Of the job that is done, 0 … 1; undefined where nobody knows. */
  readonly share: number | undefined
  readonly note: string
  /** Since the job began. */
  readonly seconds: number
  readonly estimate: 'about' | 'at most'
  /** Characters that there is room for. */
  readonly width: number
  readonly color: boolean
}

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

/** One line: a bar, the percentage, what is going on, the time left. What does not fit is left out, last things first. */
export function progressLine({ share, note, seconds, estimate, width, color }: ProgressState): string {
  const parts =
    share === undefined
      ? [SPINNER[Math.floor(seconds * 5) % SPINNER.length]!, note, formatSeconds(seconds)]
      : [
          progressBar(share),
          `${String(Math.floor(100 * share)).padStart(3)} %`,
          note,
          timeLeft(share, seconds, estimate),
        ]
  const line = fit(
    parts.filter((part) => part !== ''),
    width,
  )
  return color
    ? line.replace(/[█░⠀-⣿]+/u, (drawn) => styleText('cyan', drawn, { validateStream: false }))
    : line
}

/** Nothing in the first second: there is not enough to judge by. */
function timeLeft(share: number, seconds: number, estimate: string): string {
  if (share === 0 || share === 1 || seconds < 1) return ''
  return `${estimate} ${formatSeconds((seconds * (1 - share)) / share)} left`
}

function fit(parts: readonly string[], width: number): string {
  for (let count = parts.length; count > 0; count--) {
    const line = parts.slice(0, count).join('  ')
    if (line.length <= width) return line
  }
  return ''
}
