import { UnsupportedError } from '@variate/core'
import { downstreamOf } from './downstreamOf.ts'
import type { Outline } from './estimator.ts'
import { discreteIn } from './relaxedDrawings.ts'

/** @throws UnsupportedError for a factor whose draws are neither differentiable nor can be relaxed. */
export function checkRelaxed(estimator: string, { factors }: Outline, who: string): void {
  for (const { name, draws, relaxed } of factors) {
    if (draws === 'reparameterized' || (draws === 'discrete' && relaxed)) continue
    throw new UnsupportedError(
      draws === 'discrete'
        ? `${who}: ${estimator} relaxes discrete draws to values between, and those of "${name}" have none: declare it as ` +
            'oneHotCategorical, or as bernoulli, or use scoreFunction() or enumeration()'
        : `${who}: ${estimator} differentiates draws, and "${name}" is drawn by rejection or a table, relaxed or not: use ` +
            'scoreFunction() or automatic()',
    )
  }
}

/**
 * @throws UnsupportedError for a discrete factor whose distribution depends on another: its z jumps where the other's values do, so
 *   that a derivative along z leaves out part of how its distribution moves.
 */
export function checkApart(estimator: string, outline: Outline, who: string): void {
  for (const { name } of discreteIn(outline)) {
    const reader = downstreamOf(outline, [name]).find(
      (other) => outline.factors.find((factor) => factor.name === other)!.draws === 'discrete',
    )
    if (reader === undefined) continue
    const readers = reader === name ? 'itself in the step before' : `"${name}"`
    throw new UnsupportedError(
      `${who}: ${estimator} differentiates relaxed draws for fixed noise, and those of "${reader}" jump where the values of ` +
        `${readers} do, which it is drawn by: let its distribution not depend on ${readers}, or use scoreFunction()`,
    )
  }
}
