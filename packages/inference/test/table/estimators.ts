import {
  analyticEntropy,
  analyticKl,
  automatic,
  controlVariate,
  doublyReparameterized,
  enumerated,
  importanceWeighted,
  leaveOneOut,
  movingAverage,
  networkBaseline,
  perSite,
  rebar,
  relax,
  relaxedReparameterization,
  renyi,
  reparameterization,
  reweightedWakeSleep,
  scoreFunction,
  stickingTheLanding,
  straightThrough,
  thermodynamic,
  vimco,
  type Estimator,
} from '@variate/estimators'

/** What an estimator's mean is to be the gradient of. */
export type Objective = 'elbo' | 'bound of two' | 'renyi' | 'wake' | 'thermodynamic'

export interface TableEstimator {
  readonly estimator: Estimator
  readonly objective: Objective
}

const elbo = (estimator: unknown): TableEstimator => ({
  estimator: estimator as Estimator,
  objective: 'elbo',
})
const other = (objective: Objective, estimator: unknown): TableEstimator => ({
  estimator: estimator as Estimator,
  objective,
})
const particles = 2

/** Every estimator, as it is called, and with two particles where it takes several. */
export const ESTIMATORS: Readonly<Record<string, TableEstimator>> = {
  'reparameterization()': elbo(reparameterization({ particles })),
  'stickingTheLanding()': elbo(stickingTheLanding({ particles })),
  'analyticKl(automatic())': elbo(analyticKl(automatic({ particles }))),
  'analyticEntropy(automatic())': elbo(analyticEntropy(automatic({ particles }))),
  'scoreFunction()': elbo(scoreFunction({ particles })),
  'scoreFunction({ raoBlackwell: false })': elbo(scoreFunction({ particles, raoBlackwell: false })),
  'scoreFunction({ baseline: leaveOneOut() })': elbo(scoreFunction({ particles, baseline: leaveOneOut() })),
  'scoreFunction({ baseline: controlVariate() })': elbo(
    scoreFunction({ particles, baseline: controlVariate() }),
  ),
  'scoreFunction({ baseline: movingAverage() })': elbo(
    scoreFunction({ particles, baseline: movingAverage() }),
  ),
  'scoreFunction({ baseline: networkBaseline() })': elbo(
    scoreFunction({ particles, baseline: networkBaseline({ hidden: 3 }) }),
  ),
  'automatic()': elbo(automatic({ particles })),
  'perSite({}, scoreFunction())': elbo(perSite({}, scoreFunction({ particles }))),
  'enumerated()': elbo(enumerated({ particles })),
  'rebar()': elbo(rebar({ particles })),
  'relax()': elbo(relax({ particles })),
  'relaxedReparameterization()': elbo(relaxedReparameterization({ particles })),
  'straightThrough()': elbo(straightThrough({ particles })),
  'importanceWeighted()': other('bound of two', importanceWeighted({ particles })),
  'doublyReparameterized()': other('bound of two', doublyReparameterized({ particles })),
  'vimco()': other('bound of two', vimco({ particles })),
  'renyi({ alpha: 0.5 })': other('renyi', renyi({ alpha: 0.5, particles })),
  'thermodynamic({ partitions: 2 })': other('thermodynamic', thermodynamic({ particles, partitions: 2 })),
  'reweightedWakeSleep()': other('wake', reweightedWakeSleep({ particles })),
}
