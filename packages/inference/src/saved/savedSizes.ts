import { FormatError } from '@variate/core'
import type { Bound } from '@variate/language/internal'

/** What tells data of some sizes from others. */
export interface SavedSizes {
  /** How long plates are. */
  readonly sizes: Readonly<Record<string, number>>
}

export function savedSizes({ sizes }: Bound): SavedSizes {
  return { sizes: Object.fromEntries(sizes) }
}

/** @throws FormatError for a fit to data of other sizes. */
export function checkSizes({ sizes }: SavedSizes, bound: Bound, who: string): void {
  for (const [plate, size] of bound.sizes) {
    if (sizes[plate] === size) continue
    throw new FormatError(
      `${who}: it was saved with ${sizes[plate] ?? 'no'} elements in plate "${plate}", expected ${size}: it is of other data`,
    )
  }
}
