/**
 * Where threads of a program agree on what is to be done: int32 in its memory, those that are written by different threads in
 * cache lines of their own. Places are in bytes from where it begins.
 */
export const BOARD = {
  /** The region that is under way (above 16 bits) and how many of its parts are not begun (below). */
  state: 0,
  /** How many of its parts are not done. */
  pending: 64,
  /** How many threads wait for another state. */
  sleepers: 128,
  /** Whether the thread that called may wait, and whether it does. */
  mayWait: 192,
  isWaiting: 196,
  /** Whether a part failed. */
  hasFailed: 200,
  /** For each thread whether it is asked to help, or does; the first is not used. */
  helps: 256,
  bytes: 512,
} as const

/** The most threads that `helps` has place for. */
export const MOST_THREADS = 64

/** The state in which helpers leave: a region that there is not, of which nothing is left. */
export const LEAVE = 0x7fff_0000
