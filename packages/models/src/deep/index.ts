export { hierarchicalVae } from './hierarchicalVae.ts'
export type { HierarchicalVae, HierarchicalVaeOptions, HierarchicalVaeTypes } from './hierarchicalVae.ts'
export type { HierarchicalEncoderKind, HierarchicalGuide } from './hierarchicalEncoder.ts'
export { discreteVae } from './discreteVae.ts'
export type { DiscreteVae, DiscreteVaeOptions, DiscreteVaeTypes } from './discreteVae.ts'
export { sigmoidBeliefNetwork } from './sigmoidBeliefNetwork.ts'
export type {
  SigmoidBeliefNetwork,
  SigmoidBeliefNetworkOptions,
  SigmoidBeliefNetworkTypes,
} from './sigmoidBeliefNetwork.ts'
export { flowVae } from './flowVae.ts'
export type { FlowVae, FlowVaeOptions, FlowVaeTypes } from './flowVae.ts'
export { neuralGaussian } from './neuralGaussian.ts'
export type { NeuralGaussian, NeuralGaussianOptions, NeuralGaussianTypes } from './neuralGaussian.ts'
export { deepMixture } from './deepMixture.ts'
export type { DeepMixture, DeepMixtureOptions, DeepMixtureTypes } from './deepMixture.ts'
export { vqVae } from './vqVae.ts'
export type { VqVae, VqVaeOptions, VqVaeTypes } from './vqVae.ts'
