export type { MixtureStatistics } from './gaussianMixture/statistics.ts'
export { gaussianMixture } from './gaussianMixture/gaussianMixture.ts'
export type { GaussianMixture } from './gaussianMixture/gaussianMixture.ts'
export type { Covariance, Mixture } from './gaussianMixture/mixture.ts'
export type { MixtureFitRecord } from './gaussianMixture/fitRecord.ts'
export type { MixtureDensity } from './gaussianMixture/mixtureDensity.ts'
export type { GaussianMixtureFit, MixtureJSON } from './gaussianMixture/mixtureFit.ts'
export type {
  GaussianMixtureOptions,
  InitialParameters,
  MixtureDataOptions,
  MixtureFitOptions,
  MixtureInit,
  MixtureProgress,
} from './gaussianMixture/options.ts'
export type { MixtureState } from './gaussianMixture/prepare.ts'
export type { MixturePrior } from './gaussianMixture/prior.ts'
export type { MixtureSample } from './gaussianMixture/sample.ts'
export { selectMixture } from './gaussianMixture/selectMixture.ts'
export type { MixtureCandidate } from './gaussianMixture/mixtureCandidate.ts'
export type {
  MixtureCriterion,
  MixtureSelection,
  SelectMixtureOptions,
} from './gaussianMixture/selectMixture.ts'
export type { KMeansInfo, KMeansMethod, KMeansState } from './kMeans/algorithm.ts'
export { kMeans } from './kMeans/kMeans.ts'
export type { KMeans } from './kMeans/kMeans.ts'
export type { KMeansClusters, KMeansFit, KMeansJSON, KMeansRecord, SavedKMeans } from './kMeans/kMeansFit.ts'
export type { KMeansFitOptions, KMeansOptions, KMeansProgress } from './kMeans/options.ts'
