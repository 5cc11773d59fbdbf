export type { MixtureStatistics } from './gaussian-mixture/statistics.ts'
export { gaussianMixture } from './gaussian-mixture/gaussian-mixture.ts'
export type { GaussianMixture } from './gaussian-mixture/gaussian-mixture.ts'
export type { Covariance, Mixture } from './gaussian-mixture/mixture.ts'
export type {
  GaussianMixtureFit,
  MixtureDensity,
  MixtureFitRecord,
  MixtureJSON,
} from './gaussian-mixture/mixture-fit.ts'
export type {
  GaussianMixtureOptions,
  InitialParameters,
  MixtureFitOptions,
  MixtureInit,
  MixtureProgress,
} from './gaussian-mixture/options.ts'
export type { MixtureState } from './gaussian-mixture/prepare.ts'
export type { MixturePrior } from './gaussian-mixture/prior.ts'
export type { MixtureSample } from './gaussian-mixture/sample.ts'
export { selectMixture } from './gaussian-mixture/select-mixture.ts'
export type {
  MixtureCandidate,
  MixtureSelection,
  SelectMixtureOptions,
} from './gaussian-mixture/select-mixture.ts'
export type { KMeansInfo, KMeansMethod } from './k-means/algorithm.ts'
export { kMeans } from './k-means/k-means.ts'
export type { KMeans, KMeansFit, KMeansFitOptions, KMeansOptions } from './k-means/k-means.ts'
