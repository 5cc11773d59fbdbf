import { VariateError } from '@variate/core'
import type { Declaration } from './declaration.ts'
import { placeOf } from './program.ts'

/** Runs what belongs to a site: errors of this library tell where they come from. */
export function named<Result>(site: Declaration, run: () => Result): Result {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof VariateError) || error.message.startsWith('site ')) throw error
    const Kind = error.constructor as new (message: string, options?: ErrorOptions) => VariateError
    throw new Kind(`${placeOf(site)}: ${error.message}`, { cause: error })
  }
}
