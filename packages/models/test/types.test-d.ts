import { expectTypeOf } from 'vitest'
import type { NdArray } from '@variate/core'
import type { Algorithm, EmInfo, Termination } from '@variate/inference'
import { oldFaithful } from '@variate/data'
import type { Bernoulli, Poisson } from '@variate/distributions'
import {
  conditionalVae,
  mixturePriorVae,
  vae,
  vampPriorVae,
  type Decoder,
  type Vae,
} from '@variate/models/autoencoders'
import {
  gaussianMixture,
  kMeans,
  selectMixture,
  type GaussianMixtureFit,
  type MixtureState,
} from '@variate/models'

const model = gaussianMixture({ components: 2, covariance: 'full' })
const fit = await model.fit(oldFaithful(), { restarts: 10, seed: 0 })

expectTypeOf(fit).toEqualTypeOf<GaussianMixtureFit>()
expectTypeOf(fit.weights).toEqualTypeOf<NdArray<Float64Array>>()
expectTypeOf(fit.predict([[1, 2]])).toEqualTypeOf<NdArray<Int32Array>>()
expectTypeOf(fit.termination).toEqualTypeOf<Termination>()
expectTypeOf(model.algorithm(oldFaithful())).toEqualTypeOf<Algorithm<MixtureState, EmInfo>>()
expectTypeOf((await selectMixture(oldFaithful())).best).toEqualTypeOf<GaussianMixtureFit>()
expectTypeOf((await kMeans({ clusters: 3 }).fit([[1], [2], [3]])).labels).toEqualTypeOf<NdArray<Int32Array>>()

// A fitted mixture, rows of typed arrays and a tensor-like value are all accepted.
void model.fit([Float32Array.of(1, 2)], { init: fit })
void model.fit({ shape: [1, 2], dataSync: () => Float32Array.of(1, 2) })

if (fit.termination.kind === 'diverged') expectTypeOf(fit.termination.site).toEqualTypeOf<string>()

// @ts-expect-error the number of components must be said
gaussianMixture({})
// @ts-expect-error 'diag' is none of the four forms
gaussianMixture({ components: 2, covariance: 'diag' })
// @ts-expect-error a start is one of three names, parameters or responsibilities
void model.fit([[1, 2]], { init: 'kmeans' })
// @ts-expect-error how a fit ended is read-only
fit.termination = { kind: 'converged' }
// @ts-expect-error one axis is not a matrix
void model.fit([1, 2, 3])

expectTypeOf(vae()).toEqualTypeOf<Vae<Bernoulli>>()
const binary = await vae({ batch: 1 }).fit({ x: [[1, 0]] }, { seed: 0 })
expectTypeOf((await binary.encode([[1, 0]])).mean.z).toEqualTypeOf<NdArray<Float64Array>>()
declare const counts: Decoder<Poisson>
expectTypeOf(vae({ decoder: counts })).toEqualTypeOf<Vae<Poisson>>()
const labelled = await conditionalVae({ conditions: 2 }).fit({ x: [[1]], y: [[0, 1]] }, { seed: 0 })
void labelled.decode({ z: [[0]], y: [[0, 1]] })
expectTypeOf((await mixturePriorVae().fit({ x: [[1]] }, { seed: 0 })).params.means).toEqualTypeOf<
  NdArray<Float64Array>
>()

// @ts-expect-error how many numbers are known must be said
conditionalVae({ data: 2 })
// @ts-expect-error there is no such bound
vae({ bound: 'iwae' })
// @ts-expect-error "y" is missing
void conditionalVae({ conditions: 2 }).fit({ x: [[1]] }, { seed: 0 })

expectTypeOf((await vampPriorVae().fit({ x: [[1]] }, { seed: 0 })).params.pseudoInputs).toEqualTypeOf<
  NdArray<Float64Array>
>()
// @ts-expect-error the prior is of the family that q is of
vampPriorVae({ family: null })
