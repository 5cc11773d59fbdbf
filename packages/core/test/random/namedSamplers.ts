import type { Key } from '../../src/index.ts'
import { fillBeta } from '../../src/random/fillBeta.ts'
import { fillBinomial } from '../../src/random/fillBinomial.ts'
import { fillExponential } from '../../src/random/fillExponential.ts'
import { fillGamma, fillLogGamma } from '../../src/random/fillGamma.ts'
import { fillGeometric } from '../../src/random/fillGeometric.ts'
import { fillHypergeometric } from '../../src/random/fillHypergeometric.ts'
import { fillInverseGaussian } from '../../src/random/fillInverseGaussian.ts'
import { fillPoisson } from '../../src/random/fillPoisson.ts'
import { fillTruncatedNormal } from '../../src/random/fillTruncatedNormal.ts'
import { fillVonMises } from '../../src/random/fillVonMises.ts'
import type { SamplerCase } from './samplerOracle.ts'

type Sampler = (key: Key, out: Float64Array, ...parameters: readonly Float64Array[]) => void

const samplers: Readonly<Record<string, Sampler>> = {
  gamma: (k, out, a) => fillGamma(k, a!, out),
  logGamma: (k, out, a) => fillLogGamma(k, a!, out),
  exponential: (k, out, rate) => fillExponential(k, rate!, out),
  beta: (k, out, a, b) => fillBeta(k, a!, b!, out),
  vonMises: (k, out, kappa) => fillVonMises(k, kappa!, out),
  truncatedNormal: (k, out, low, high) => fillTruncatedNormal(k, low!, high!, out),
  inverseGaussian: (k, out, mean, concentration) => fillInverseGaussian(k, mean!, concentration!, out),
  poisson: (k, out, rate) => fillPoisson(k, rate!, out),
  binomial: (k, out, total, probs) => fillBinomial(k, total!, probs!, out),
  geometric: (k, out, probs) => fillGeometric(k, probs!, out),
  hypergeometric: (k, out, good, bad, sampled) => fillHypergeometric(k, good!, bad!, sampled!, out),
}

/** Draws of a case into `out`. */
export function fillCase({ sampler, parameters }: SamplerCase, key: Key, out: Float64Array): void {
  samplers[sampler]!(key, out, ...parameters.map((parameter) => Float64Array.of(Number(parameter))))
}

export function nameOf({ sampler, parameters }: SamplerCase): string {
  return `${sampler}(${parameters.join(', ')})`
}
