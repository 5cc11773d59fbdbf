export type { Family, FamilyKinds } from './family.ts'
export { guideFamily } from './guideFamily.ts'
export { fullRank } from './fullRank.ts'
export type { FullRankOptions, Joint } from './fullRank.ts'
export { meanField } from './meanField.ts'
export type { MeanFieldOptions } from './meanField.ts'
export type { RealSite } from './realSite.ts'
export type { Start } from './start.ts'
export type {
  ParamArrays,
  VariationalContext,
  FactorDrawing,
  VariationalFactor,
  SiteTensors,
  ParamTree,
  Variational,
  DrawingWays,
} from './variational.ts'
