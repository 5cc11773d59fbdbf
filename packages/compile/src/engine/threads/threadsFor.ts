import { DomainError } from '@variate/core'
import { MOST_THREADS } from './board.ts'

/** How many threads a program may run on, and why so many. */
export interface Threads {
  readonly count: number
  readonly reason: string
}

export const ONE: Threads = { count: 1, reason: 'not asked for more' }

/** Beyond, what threads have in common, as memory, keeps them from being faster. */
const MOST_OF_ITSELF = 8

/** What is there in Node alone, and in browsers alone. */
interface Globals {
  readonly process?: { getBuiltinModule?(name: string): { availableParallelism?(): number } | undefined }
  readonly navigator?: { readonly hardwareConcurrency?: number }
  readonly crossOriginIsolated?: boolean
  readonly SharedArrayBuffer?: unknown
}

/**
 * How many threads there can be of those that are asked for.
 *
 * @param who names the function in errors.
 * @throws DomainError for what is no number of threads.
 */
export function threadsFor(asked: number | 'auto', who: string): Threads {
  if (asked !== 'auto' && !(Number.isInteger(asked) && asked >= 1 && asked <= MOST_THREADS)) {
    throw new DomainError(
      `${who}: threads must be 'auto' or a whole number from 1 to ${MOST_THREADS}, got ${String(asked)}`,
    )
  }
  if (asked === 1) return ONE
  const { crossOriginIsolated, SharedArrayBuffer } = globalThis as unknown as Globals
  if (typeof SharedArrayBuffer !== 'function' || crossOriginIsolated === false) {
    return {
      count: 1,
      reason:
        'threads have no memory to share (SharedArrayBuffer): a page must be cross-origin isolated, by the headers ' +
        'Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp',
    }
  }
  if (asked !== 'auto') return { count: asked, reason: 'asked for' }
  const cores = coresHere()
  return { count: Math.min(cores, MOST_OF_ITSELF), reason: cores === 1 ? 'one core' : `${cores} cores` }
}

function coresHere(): number {
  const { process, navigator } = globalThis as unknown as Globals
  const cores =
    process?.getBuiltinModule?.('node:os')?.availableParallelism?.() ?? navigator?.hardwareConcurrency
  return cores ?? 1
}
