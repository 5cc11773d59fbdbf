import { DomainError, key as keyOf, type Key } from '@variate/core'
import type { Randomness } from '@variate/language'

/** @throws DomainError where neither a seed nor a key is given. */
export function keyFrom(who: string, options: Randomness | undefined): Key {
  if (options?.key) return options.key
  if (options?.seed !== undefined) return keyOf(options.seed)
  throw new DomainError(`${who}: a seed or a key must be given: nothing here is random by itself`)
}
