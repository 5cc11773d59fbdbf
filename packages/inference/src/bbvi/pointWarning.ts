import { placeOf } from '@variate/language/internal'
import type { Setting } from './problemOf.ts'

/** A sentence where q is a single point in some latents: bound and weights say nothing of how near it is to the posterior. */
export function pointWarning({ model, variational }: Setting): string | undefined {
  const point = variational.factors.find(({ isPoint }) => isPoint)
  if (!point) return undefined
  const site = model.program.declarations.find(({ name }) => name === point.sites[0])!
  return (
    `${placeOf(site)}: q is a single point: elbo is a log density there and no bound of the evidence, variances are 0, and kHat says ` +
    'nothing: use laplaceApproximation or another family for how sure it is'
  )
}
