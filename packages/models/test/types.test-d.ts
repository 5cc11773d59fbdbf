import { expectTypeOf } from 'vitest'
import type { NdArray } from '@variate/core'
import type { Algorithm, EmInfo, Termination } from '@variate/inference'
import { oldFaithful } from '@variate/data'
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
