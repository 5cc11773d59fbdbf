import { ndarray, type NdArray } from '@variate/core'
import { mnist, poolImages } from '@variate/data'
import type { MixturePrior } from '@variate/models'

/** A mixture for the digits, held from collapsing on both sides: they have pixels that never change. */
export interface Task {
  readonly name: string
  readonly covariance: 'full' | 'diagonal'
  /** What scikit-learn adds to each variance, in squared units of brightness. */
  readonly addition: number
  /** Ours in its place: a floor under the eigenvalues, of the same size, and for full covariances a prior. */
  readonly floor: number
  readonly prior?: MixturePrior
  /** In words. */
  readonly held: { readonly ours: string; readonly peer: string }
  /** [n, d]. */
  readonly x: NdArray<Float64Array>
}

export const COMPONENTS = 10
/** Both sides end when a step raises the objective by less, in nats per observation. */
export const TOLERANCE = 1e-3
export const MAX_ITERATIONS = 300
const ADDITION = 1e-2

/**
 * The digits, and the mixtures to fit to them.
 *
 * A prior of scale·I alone would not do for full covariances: where a pixel hardly changes, a component's variance
 * is about scale/(its observations), so that the largest component is the densest there, over a hundred such
 * pixels, and takes all the others in. The likelihood is then higher than any other here, and the clusters are
 * gone (purity 0.15). A floor is the same for all.
 */
export async function digitTasks(count: number): Promise<{ tasks: readonly Task[]; labels: Int32Array }> {
  const { images, labels, height, width } = await mnist({ count })
  const scale = priorScale(ADDITION, count)
  const tasks: readonly Task[] = [
    {
      name: 'diagonal, 28 × 28',
      covariance: 'diagonal',
      addition: ADDITION,
      floor: ADDITION,
      held: { ours: `variances ≥ ${ADDITION}`, peer: `variances + ${ADDITION}` },
      x: float64(images),
    },
    {
      name: 'full, 14 × 14',
      covariance: 'full',
      addition: ADDITION,
      floor: ADDITION,
      prior: { scale },
      held: { ours: `prior scale ${scale}, eigenvalues ≥ ${ADDITION}`, peer: `diagonal + ${ADDITION}` },
      x: float64(poolImages(images, { height, width, by: 2 })),
    },
  ]
  return { tasks, labels: labels.data }
}

/**
 * The scale of a prior that does to an average component, of n/K observations, what an addition to the diagonal
 * does: an M-step adds scale·I to the component's scatter, that is scale/(n/K) to its covariance.
 */
function priorScale(addition: number, observations: number): number {
  return (addition * observations) / COMPONENTS
}

function float64({ data, shape }: NdArray<Float32Array>): NdArray<Float64Array> {
  return ndarray(Float64Array.from(data), shape)
}
