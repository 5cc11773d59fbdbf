import type { Tensor } from '@tensorflow/tfjs-core'
import { compile } from '@variate/compile'
import { DomainError, ShapeError, type NdArray } from '@variate/core'
import { add, fill, sum } from '@variate/core/ops'
import type { Distribution } from '@variate/distributions'
import type { Tensors } from '../exact/termAt.ts'
import type { Parameters, ParamSite } from './parameters.ts'

/** Distributions of parameters, each for one element of the plates around it. */
export type Priors = Readonly<Record<string, Distribution>>

/** log p(θ) of those parameters that have a prior, in nats. */
export type LogPrior = (parameters: Tensors) => Tensor

/** @throws DomainError for names of no parameters; ShapeError for priors of another shape than the parameter's. */
export function logPriorOf(priors: Priors, params: readonly ParamSite[], who: string): LogPrior | undefined {
  const names = Object.keys(priors)
  if (names.length === 0) return undefined
  for (const name of names) {
    const site = params.find((other) => other.name === name)
    if (!site) throw new DomainError(`${who}: priors: "${name}" is no parameter that is fitted`)
    const { batchShape, eventShape, name: family } = priors[name]!
    const own = [...batchShape, ...eventShape]
    const { shape } = site.domain
    if (String(shape.slice(shape.length - own.length)) !== String(own))
      throw new ShapeError(
        `${who}: priors: the ${family} distribution of "${name}" has shape [${own}], the parameter [${shape}]`,
      )
  }
  return (parameters) =>
    names
      .filter((name) => parameters[name])
      .map((name) => sum(priors[name]!.logProb(parameters[name]!)))
      .reduce((a, b) => add(a, b), fill([], 0))
}

/** The same of plain parameters. */
export function plainLogPrior(logPrior: LogPrior, priors: Priors): (parameters: Parameters) => number {
  const all = compile((given: Tensors) => logPrior(given), { precision: 'float64' })
  return (parameters) => {
    const given = Object.fromEntries(Object.keys(priors).map((name) => [name, parameters[name]!]))
    return (all(given as never) as unknown as NdArray).data[0]!
  }
}

/** @throws DomainError for a prior that excludes where its parameter begins: it is narrower than the domain. */
export function checkPriors(priors: Priors, start: Parameters, who: string): void {
  for (const [name, prior] of Object.entries(priors)) {
    const log = plainLogPrior((parameters) => sum(prior.logProb(parameters[name]!)), { [name]: prior })(start)
    if (Number.isFinite(log)) continue
    throw new DomainError(
      `${who}: priors: the ${prior.name} distribution of "${name}", whose support is ${prior.support.name}, excludes where the ` +
        'parameter may be: give the parameter that domain, or an init within it',
    )
  }
}
