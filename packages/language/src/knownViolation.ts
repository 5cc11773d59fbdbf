import { UnsupportedError } from '@variate/core'
import type { Constraint } from '@variate/distributions'
import type { PlainData } from './plainData.ts'
import { violationIn } from './violationIn.ts'

/** What is wrong with data as far as that can be told: where ends of the set are tensors, or it cannot say, nothing is. */
export function knownViolation(
  set: Constraint,
  data: Pick<PlainData, 'data' | 'shape' | 'missing'>,
): string | undefined {
  const ends = [set.low, set.high].filter((end) => end !== undefined)
  if (!ends.every((end) => typeof end === 'number')) return undefined
  try {
    return violationIn(set, data)
  } catch (error) {
    if (error instanceof UnsupportedError) return undefined
    throw error
  }
}
