export { model } from './model.ts'
export type { AnyModel } from './anyModel.ts'
export type { DataOf, GraphOptions, LatentsOf, Model, TypesOf } from './model.ts'
export type { SampleOf, ValuesOf } from './valuesOf.ts'
export type { MinibatchOf, MinibatchOptions } from './minibatchOptions.ts'
export { guide } from './guide.ts'
export type { Guide, GuideValuesOf } from './guide.ts'
export type { GuideBuilder, GuideChainBuilder } from './guideBuilder.ts'
export type { Builder, ChainBuilder } from './builder.ts'
export type {
  ConditionedNames,
  ConditionedSite,
  DeterministicSite,
  FactorSite,
  FixedSite,
  InputSite,
  LatentNames,
  LatentSite,
  LayerTypes,
  ModelTypes,
  NetworkNames,
  NetworkSite,
  InputNames,
  ObservedNames,
  ObservedSite,
  ParamNames,
  ParamSite,
  WithFixed,
  WithMissing,
} from './siteTypes.ts'
export type { SeenOf, WithLatent } from './guideTypes.ts'
export type { PartTypes } from './partTypes.ts'
export type { SiteOptions } from './declaration.ts'
export type { Domain } from './domains/domain.ts'
export {
  correlationCholesky,
  lowerCholesky,
  ordered,
  positive,
  real,
  simplex,
  unitInterval,
} from './domains/domains.ts'
export * as init from './init.ts'
export type { ParamInit, ParamOptions } from './paramInit.ts'
export type { Data, DataArray } from './plainData.ts'
export type { Randomness, SampleOptions } from './sampling.ts'
export type { GraphEdge, GraphNode, GraphPlate, ModelGraph } from './graph/graph.ts'
export type { Activation, ActivationName } from './networks/activations.ts'
export { dense } from './networks/dense.ts'
export type { DenseOptions, DenseParams } from './networks/dense.ts'
export { glorotUniform, heNormal, lecunNormal } from './networks/initializers.ts'
export type { Initializer } from './networks/initializers.ts'
export { mlp } from './networks/mlp.ts'
export type { MlpOptions } from './networks/mlp.ts'
export type {
  AnyNetwork,
  Network,
  NetworkContext,
  NetworkParams,
  NetworkTensors,
  TensorsOf,
} from './networks/network.ts'
