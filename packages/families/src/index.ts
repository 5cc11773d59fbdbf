export { conditional } from './conditional.ts'
export type { ConditionalLatent } from './conditional.ts'
export { diagonalNormal, fullNormal, isotropicNormal } from './conditionalHead.ts'
export type { ConditionalHead, HeadedFactor } from './conditionalHead.ts'
export type { Family, FamilyKinds } from './family.ts'
export { guideFamily } from './guideFamily.ts'
export { fullRank } from './fullRank.ts'
export type { FullRankOptions } from './fullRank.ts'
export { hierarchical } from './hierarchical.ts'
export type { HierarchicalOptions } from './hierarchical.ts'
export { inverseAutoregressiveFlow } from './inverseAutoregressiveFlow.ts'
export type { Joint } from './joint.ts'
export { lowRank } from './lowRank.ts'
export type { LowRankOptions } from './lowRank.ts'
export { maskedAutoregressiveFlow } from './maskedAutoregressiveFlow.ts'
export { meanField } from './meanField.ts'
export type { MeanFieldOptions } from './meanField.ts'
export { mixtureOfNormals } from './mixtureOfNormals.ts'
export type { MixtureOfNormalsOptions } from './mixtureOfNormals.ts'
export { neuralSplineFlow } from './neuralSplineFlow.ts'
export type { SplineFlowOptions } from './neuralSplineFlow.ts'
export { planarFlow } from './planarFlow.ts'
export type { FlowOptions } from './planarFlow.ts'
export { radialFlow } from './radialFlow.ts'
export { realNvp } from './realNvp.ts'
export type { NetworkFlowOptions } from './realNvp.ts'
export * as initTo from './initTo/index.ts'
export type { FamilyPart } from './part.ts'
export { perElement } from './perElement.ts'
export { point } from './point.ts'
export type { PointOptions } from './point.ts'
export type { RealSite } from './realSite.ts'
export type { Start } from './start.ts'
export { structured } from './structured.ts'
export type {
  Covariances,
  Moments,
  ParamArrays,
  Probabilities,
  VariationalContext,
  FactorDrawing,
  ReverseModel,
  VariationalFactor,
  SiteTensors,
  ParamTree,
  Unshared,
  Variational,
  DrawingWays,
} from './variational.ts'
