import { VariateError, type UnsupportedError } from '@variate/core'
import { foldInKey, keyTensor } from '@variate/core/ops'
import type { NetworkContext } from './network.ts'

/** What one of several networks within another sees: a key of its own. */
export function contextOf(context: NetworkContext | undefined, at: number): NetworkContext | undefined {
  if (!context) return undefined
  return {
    ...(context.training === undefined ? {} : { training: context.training }),
    get key() {
      return context.key === undefined ? undefined : keyTensor(foldInKey(context.key, at))
    },
  } as NetworkContext
}

/** Runs what belongs to a network within another: errors tell which. */
export function within<Result>(name: string, run: () => Result): Result {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof VariateError)) throw error
    const Kind = error.constructor as typeof UnsupportedError
    throw new Kind(`${name}: ${error.message}`, { cause: error })
  }
}
