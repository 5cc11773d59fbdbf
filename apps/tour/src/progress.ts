import { progressLine } from './progressLine.ts'
import { allowsColor, canRepaint, widthOf, type Terminal } from './terminal.ts'

/** How far a job is. */
export interface Progress {
  /** @param share of the job that is done, 0 … 1; undefined where nobody knows. */
  show(share: number | undefined, note: string): void
  /** Leaves no trace of the bar. */
  clear(): void
}

const ERASE_TO_END = '\u001B[K'
const SILENT: Progress = { show: () => {}, clear: () => {} }

/** Milliseconds between two paintings while nothing is reported: the time goes on. */
const TICK = 200

/**
 * A bar that is painted over itself, for a job that begins now; silent where that cannot be done.
 *
 * @param estimate how the time left is meant.
 */
export function progress(stream: Terminal, estimate: 'about' | 'at most'): Progress {
  if (!canRepaint(stream)) return SILENT
  const begin = performance.now()
  const color = allowsColor(stream)
  let state: { share: number | undefined; note: string } = { share: undefined, note: '' }
  const paint = (): void => {
    const seconds = (performance.now() - begin) / 1000
    // One column stays free: a line that fills its row makes some terminals wrap.
    const line = progressLine({ ...state, seconds, estimate, color, width: widthOf(stream) - 1 })
    stream.write(`\r${line}${ERASE_TO_END}`)
  }
  const timer = setInterval(paint, TICK)
  return {
    show(share, note) {
      state = { share, note }
      paint()
    },
    clear() {
      clearInterval(timer)
      stream.write(`\r${ERASE_TO_END}`)
    },
  }
}
