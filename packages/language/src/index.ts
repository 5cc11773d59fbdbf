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
export { activation } from './networks/activation.ts'
export type { Activation, ActivationName } from './networks/activations.ts'
export { conv2d } from './networks/conv2d.ts'
export type { Conv2dOptions } from './networks/conv2d.ts'
export { convTranspose2d } from './networks/convTranspose2d.ts'
export type { ConvTranspose2dOptions } from './networks/convTranspose2d.ts'
export type { ConvolutionalOptions, ConvolutionParams } from './networks/convolutional.ts'
export { dense } from './networks/dense.ts'
export type { DenseOptions, DenseParams } from './networks/dense.ts'
export { dropout } from './networks/dropout.ts'
export { fromLayersModel } from './networks/layersModel/fromLayersModel.ts'
export type {
  LayersModel,
  LayersModelParams,
  LayersTensor,
  ModelLayer,
} from './networks/layersModel/layersModel.ts'
export { gru } from './networks/gru.ts'
export type { GruOptions, GruParams } from './networks/gru.ts'
export {
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  lecunNormal,
  lecunUniform,
} from './networks/initializers.ts'
export type { Initializer } from './networks/initializers.ts'
export { layerNorm } from './networks/layerNorm.ts'
export type { LayerNormOptions, LayerNormParams } from './networks/layerNorm.ts'
export { mlp } from './networks/mlp.ts'
export type { MlpOptions } from './networks/mlp.ts'
export type {
  AnyNetwork,
  Network,
  NetworkContext,
  NetworkParams,
  NetworkTensors,
  NoParams,
  TensorsOf,
} from './networks/network.ts'
export { orthogonal } from './networks/orthogonal.ts'
export { avgPool2d, maxPool2d } from './networks/pool2d.ts'
export type { Pool2dOptions } from './networks/pool2d.ts'
export { flatten, reshape } from './networks/reshape.ts'
export { residual } from './networks/residual.ts'
export type { ResidualParams } from './networks/residual.ts'
export { sequential } from './networks/sequential.ts'
export type { Layer, LayerParams, ParamsOf } from './networks/sequential.ts'
