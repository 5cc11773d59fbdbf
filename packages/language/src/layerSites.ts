import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { Distribution } from '@variate/distributions'
import type { Environment } from './declaration.ts'

/** The distribution of the layer at the top. */
export type Top = (environment: Environment, entry: unknown, index: number) => Distribution
/** The distribution of another layer, given the value of the one above. */
export type Next = (environment: Environment, above: Tensor, entry: unknown, index: number) => Distribution

export interface LayerSite {
  readonly name: string
  readonly of: (environment: Environment) => Distribution
}

/**
 * The sites of a hierarchy p(zL) ∏ p(zᵢ | zᵢ₊₁), the top first.
 *
 * @param who names the model in errors.
 */
export function layerSites(
  who: string,
  prefix: string,
  entries: readonly unknown[],
  top: Top,
  next: Next,
): readonly LayerSite[] {
  if (!Array.isArray(entries) || entries.length === 0)
    throw new DomainError(
      `${who}: layers "${prefix}" must have an entry for each layer, got ${shown(entries)}`,
    )
  for (const [name, f] of Object.entries({ top, next })) {
    if (typeof f === 'function') continue
    throw new DomainError(
      `${who}: layers "${prefix}" must have a function for ${name === 'top' ? 'the top' : 'those below'}, got ${shown(f)}`,
    )
  }
  return entries
    .map((entry: unknown, i): LayerSite => {
      const index = i + 1
      const above = `${prefix}${index + 1}`
      const of =
        index === entries.length
          ? (environment: Environment) => top(environment, entry, index)
          : (environment: Environment) => next(environment, environment[above] as Tensor, entry, index)
      return { name: `${prefix}${index}`, of }
    })
    .toReversed()
}
