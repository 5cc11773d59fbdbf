import type { Threads } from './threadsFor.ts'

/** Why a program runs on one thread. */
export function whyOne({ count, reason }: Threads, regions: number, called: readonly string[]): string {
  if (count === 1) return reason
  return regions === 0
    ? 'no piece of it is large enough to be divided'
    : `it calls JavaScript for ${called.join(', ')}, which is on one thread`
}
