import { NdArray } from '@variate/core'
import { fullRank } from '@variate/families'
import type { ModelTypes } from '@variate/language'
import type { ClimbParams } from '../bbvi/climbState.ts'
import type { Setting } from '../bbvi/problemOf.ts'
import { drawer } from '../bbvi/variationalPosterior.ts'
import { encodeFit, type SavedFit } from '../saved/fitBytes.ts'
import type { SavedSizes } from '../saved/savedSizes.ts'
import type { Curvature } from './curvature.ts'
import { described } from './described.ts'
import { labelsOf } from './labels.ts'
import type { LaplaceFit } from './laplaceFit.ts'
import { trilOf } from './trilOf.ts'

/** What was found: the mode, and the curvature there. */
export interface Approximation extends SavedFit, SavedSizes, Omit<Curvature, 'flat'> {
  /** The mode: parameters of the model, and places of the latents. */
  readonly best: ClimbParams
  /** −log of the density there, in nats. */
  readonly least: number
  readonly converged: boolean
  readonly warnings: readonly string[]
}

export const KIND = 'laplaceApproximation'

/**
 * A fit, of what was found.
 *
 * @param atPoint the model with its data, and a single point for q.
 */
export function fitOf<Types extends ModelTypes>(
  atPoint: Setting,
  found: Approximation,
  who: string,
): LaplaceFit<Types> {
  const { key, best, least, converged, covariance, logDet, warnings } = found
  const { model: bound, latents } = atPoint
  const labels = labelsOf(atPoint, best)
  const mode = placesOf(best)
  const normal = { ...atPoint, variational: fullRank().of(bound, who) }
  const sites = atPoint.variational.factors.map(({ name }) => name)
  const guide = { [sites.join(',')]: { loc: mode, tril: trilOf(covariance) } }
  const known = described(normal, { model: best.model, guide }, latents, key, who)
  return {
    ...known,
    warnings: [...warnings, ...known.warnings],
    mode: onlyRow(drawer(atPoint, best, latents)(key, 1).values),
    logEvidence: -least + 0.5 * (mode.data.length * Math.log(2 * Math.PI) + logDet),
    unconstrained: { names: labels.map(({ text }) => text), mode, covariance },
    termination: { kind: converged ? 'converged' : 'limit' },
    toBytes: () => encodeFit(KIND, bound.program.name, found),
  } as unknown as LaplaceFit<Types>
}

/** The places of all latents, one behind the other. */
function placesOf({ guide }: ClimbParams): NdArray<Float64Array> {
  const all = Float64Array.from(Object.values(guide).flatMap((place) => [...(place as NdArray).data]))
  return new NdArray(all, [all.length])
}

/** Of arrays with one draw along the first axis that draw. */
function onlyRow(values: Readonly<Record<string, NdArray>>): Readonly<Record<string, NdArray>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, { data, shape }]) => [name, new NdArray(data, shape.slice(1))]),
  )
}
