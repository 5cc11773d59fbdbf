/** The exit code of a program that Ctrl-C ended: 128 + SIGINT. */
export const INTERRUPTED = 130

/** One Ctrl-C may arrive several times: from the terminal, and from each program that started this one. */
const SAME = 1000

/**
 * A signal that the first Ctrl-C aborts, so that what is under way ends with the best so far. The second one
 * ends the program at once.
 */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController()
  let first: number | undefined
  const interrupt = (): void => {
    const now = performance.now()
    first ??= now
    if (now - first > SAME) process.exit(INTERRUPTED)
    controller.abort()
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  return controller.signal
}
