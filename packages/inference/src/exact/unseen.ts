import { UnsupportedError } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import type { Component } from './components.ts'
import { eliminate } from './eliminate.ts'
import type { EliminationPlan } from './eliminationPlan.ts'
import type { Factor } from './factor.ts'
import type { IsFixed } from './fixedTerms.ts'
import type { Integrated } from './integrated.ts'
import type { Quadratic } from './quadratic.ts'
import type { LatentSite } from './variables.ts'

/**
 * The rows in which a component is impossible at all points that were looked at, but not by a term that is fixed: it may be
 * possible elsewhere.
 *
 * @param logIntegrals of its rows.
 * @param logs the terms at points, of which each row has so many.
 */
export function unseenIn(
  { continuous, terms }: Component,
  logIntegrals: ArrayLike<number>,
  logs: Quadratic['logs'],
  stride: number,
  isFixed: () => IsFixed,
): readonly number[] {
  if (continuous.length === 0) return []
  return Array.from(logIntegrals, (_, row) => row).filter((row) => {
    if (logIntegrals[row] !== -Infinity) return false
    const none = terms.filter(({ site, element }) => {
      const { data, shape } = logs[site.name]!
      return data[row * stride * sizeOf(shape.slice(1)) + element] === -Infinity
    })
    return !none.some((term) => isFixed()(term, row))
  })
}

/**
 * That it is known of all that could be possible whether it is.
 *
 * @param factors those of the components, in their order, then others.
 * @throws UnsupportedError where a component may be possible in a row that nothing else makes impossible.
 */
export function checkSeen(
  name: string,
  latents: { readonly continuous: Sites; readonly discrete: Sites },
  integrated: readonly Integrated[],
  factors: readonly Factor[],
  cardinalities: Int32Array,
  plan: EliminationPlan,
): void {
  if (integrated.every(({ unseen }) => unseen.length === 0)) return
  const possible = factors.map(({ variables, table }) => ({
    variables,
    table: table.map((log) => (log === -Infinity ? log : 0)),
  }))
  for (const [i, { unseen }] of integrated.entries()) for (const row of unseen) possible[i]!.table[row] = 0
  const eliminated = eliminate(cardinalities, possible, plan)
  if (eliminated.logTotal === -Infinity) return
  const weights = eliminated.weights()
  for (const [i, { component, unseen }] of integrated.entries()) {
    if (!unseen.some((row) => weights[i]![row]! > 0)) continue
    const own = namesIn(latents.continuous, component.continuous)
    const others = namesIn(latents.discrete, component.discrete)
    throw new UnsupportedError(
      `enumeration: model "${name}": the density is 0 at every point of ${own} that was looked at` +
        `${others ? `, for some values of ${others}` : ''}, and may not be elsewhere, so that it cannot be integrated exactly: ` +
        `condition on it, or use an approximation${others ? `; what ${others} alone makes impossible belongs into a factor of its own` : ''}`,
    )
  }
}

type Sites = ReadonlyMap<string, LatentSite>

/** The names of the latents that have some of the variables. */
function namesIn(sites: Sites, variables: readonly number[]): string {
  return [...sites]
    .filter(([, { first, lengths }]) => variables.some((at) => at >= first && at < first + sizeOf(lengths)))
    .map(([name]) => `"${name}"`)
    .join(' and ')
}
