import { UnsupportedError, VariateError } from '@variate/core'
import type { Declaration } from './declaration.ts'
import { placeOf } from './program.ts'
import { isUnprepared } from './reads.ts'

/** Runs what belongs to a site: errors tell where they come from, those of other libraries as well. */
export function named<Result>(site: Declaration, run: () => Result): Result {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof Error) || isUnprepared(error) || error.message.startsWith('site ')) throw error
    const Kind =
      error instanceof VariateError ? (error.constructor as typeof UnsupportedError) : UnsupportedError
    throw new Kind(`${placeOf(site)}: ${error.message}`, { cause: error })
  }
}
