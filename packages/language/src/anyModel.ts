import type { NdArray } from '@variate/core'
import type { ModelGraph } from './graph/graph.ts'
import type { NetworkParams } from './networks/network.ts'
import type { Data } from './plainData.ts'
import type { Program } from './program.ts'
import type { Randomness, SampleOptions } from './sampling.ts'

/** Values by name: which there must be is not known to the type checker. */
type AnyValues = Readonly<Record<string, Data | NetworkParams | undefined>>

/**
 * A model of whatever sites: what functions take that work with all. Names and values are checked when it runs.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { normal } from '@variate/distributions'
 * import { model, type AnyModel } from '@variate/language'
 *
 * const edgesOf = (any: AnyModel) => any.graph().edges.length
 * edgesOf(model('m').latent('mu', normal(0, 1)).observed('x', ({ mu }) => normal(mu, 1))) // => 1
 * ```
 */
export interface AnyModel {
  readonly program: Program
  logJoint(values: AnyValues): Promise<number>
  logProb(values: AnyValues): Promise<Readonly<Record<string, NdArray>>>
  sample(options: SampleOptions<AnyValues> & Randomness): Promise<Readonly<Record<string, NdArray>>>
  condition(values: Readonly<Record<string, Data>>): AnyModel
  intervene(values: Readonly<Record<string, Data>>): AnyModel
  graph(options?: AnyGraphOptions): ModelGraph
  describe(options?: AnyGraphOptions): string
}

interface AnyGraphOptions {
  readonly given?: AnyValues
  readonly sizes?: Readonly<Record<string, number>>
}
