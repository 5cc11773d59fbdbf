import { DomainError } from '@variate/core'
import { shown } from '@variate/core/internal'

/** @throws DomainError for a size that is no whole number from `least` on, which is named. */
export function checkSizes(who: string, sizes: Readonly<Record<string, unknown>>, least = 1): void {
  for (const [name, size] of Object.entries(sizes)) {
    if (Number.isInteger(size) && (size as number) >= least) continue
    throw new DomainError(`${who}: ${name} must be a whole number ≥ ${least}, got ${shown(size)}`)
  }
}

/** @throws DomainError for what is no list of at least one width, or has one that is no whole number ≥ 1. */
export function checkWidths(who: string, widths: readonly number[]): void {
  if (!Array.isArray(widths) || widths.length === 0)
    throw new DomainError(`${who}: widths must have an entry for each layer, got ${shown(widths)}`)
  checkSizes(who, Object.fromEntries(widths.map((width: unknown, i) => [`widths[${i}]`, width])))
}
