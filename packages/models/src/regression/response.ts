import { DomainError, special, toVector, type VectorLike } from '@variate/core'

/** What a regression says of y, given the linear predictor η. */
export interface Response {
  /** The first derivative of log p(y | η) in η, and minus the second, for the noise σ and the exposure e. */
  slope(y: number, eta: number, noise: number, exposure: number): number
  curvature(eta: number, noise: number, exposure: number): number
  /** log p(y | η), in nats. */
  logProb(y: number, eta: number, noise: number, exposure: number): number
  /** The mean of y, which rises with η. */
  mean(eta: number, exposure: number): number
  /** What is wrong with a value of y. */
  refuses(y: number): string | undefined
}

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI)

export const NORMAL: Response = {
  slope: (y, eta, noise) => (y - eta) / noise ** 2,
  curvature: (_, noise) => 1 / noise ** 2,
  logProb: (y, eta, noise) => -0.5 * ((y - eta) / noise) ** 2 - Math.log(noise) - HALF_LOG_TWO_PI,
  mean: (eta) => eta,
  refuses: () => undefined,
}

export const BERNOULLI: Response = {
  slope: (y, eta) => y - sigmoid(eta),
  curvature: (eta) => sigmoid(eta) * sigmoid(-eta),
  logProb: (y, eta) => -special.softplus(y === 1 ? -eta : eta),
  mean: sigmoid,
  refuses: (y) => (y === 0 || y === 1 ? undefined : '0 or 1'),
}

export const POISSON: Response = {
  slope: (y, eta, _, exposure) => y - exposure * Math.exp(eta),
  curvature: (eta, _, exposure) => exposure * Math.exp(eta),
  logProb: (y, eta, _, exposure) =>
    y * (eta + Math.log(exposure)) - exposure * Math.exp(eta) - special.lgamma(y + 1),
  mean: (eta, exposure) => exposure * Math.exp(eta),
  refuses: (y) => (Number.isInteger(y) && y >= 0 ? undefined : 'whole numbers ≥ 0'),
}

/** @throws ShapeError for another length than n; DomainError for values that are none of the response, the first one named. */
export function responses(who: string, response: Response, y: VectorLike, rows: number): Float64Array {
  const values = toVector(y, rows, `${who}: y`)
  for (const [at, value] of values.entries()) {
    const expected = response.refuses(value)
    if (expected !== undefined)
      throw new DomainError(`${who}: y must be ${expected}, got ${value} at [${at}]`)
  }
  return values
}

/** @throws ShapeError for another length than n; DomainError unless all are > 0. */
export function exposures(who: string, exposure: VectorLike | undefined, rows: number): Float64Array {
  if (exposure === undefined) return new Float64Array(rows).fill(1)
  const values = toVector(exposure, rows, `${who}: exposure`)
  const bad = values.findIndex((value) => value <= 0)
  if (bad >= 0) throw new DomainError(`${who}: exposure must be > 0, got ${values[bad]} at [${bad}]`)
  return values
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x))
}
