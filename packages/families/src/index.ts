export type { Family, FamilyKinds } from './family.ts'
export { guideFamily } from './guideFamily.ts'
export { fullRank } from './fullRank.ts'
export type { FullRankOptions } from './fullRank.ts'
export * as initTo from './initTo/index.ts'
export type { Joint } from './joint.ts'
export { meanField } from './meanField.ts'
export type { MeanFieldOptions } from './meanField.ts'
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
  VariationalFactor,
  SiteTensors,
  ParamTree,
  Variational,
  DrawingWays,
} from './variational.ts'
