import { adam, schedules, type Optimizer } from '@variate/inference'

/** Rows of two numbers about a line, with mean 0. */
export const plane: readonly number[][] = Array.from({ length: 8 }, (_, i) => {
  const [along, across] = [2 * Math.cos(i * (Math.PI / 4) + 0.3), 0.6 * Math.sin(i * (Math.PI / 4) + 0.3)]
  return [0.8 * along - 0.6 * across, 0.6 * along + 0.8 * across]
})

/** The directions and variances of these: orthogonal, by how they are made. */
export const axes: readonly [Axis, Axis] = [
  { vector: [0.8, 0.6], variance: 2 },
  { vector: [-0.6, 0.8], variance: 0.18 },
]

/** How a small problem is fitted to its optimum. */
export const exactly = (epochs: number, start = 0.03): Exactly => {
  const optimizer = adam({ rate: schedules.cosineDecay({ start, steps: epochs }) })
  return { batch: plane.length, epochs, optimizer }
}

interface Exactly {
  readonly batch: number
  readonly epochs: number
  readonly optimizer: Optimizer
}

/**
 * The mean log likelihood of probabilistic PCA with one latent and noise of a known variance, at its optimum, where W·Wᵀ is
 * (λ₁ − σ²)·u·uᵀ (Tipping and Bishop, 1999, appendix A).
 */
export function pcaLogLikelihood(noise: number): number {
  const [first, second] = axes
  return (
    -0.5 *
    (2 * Math.log(2 * Math.PI) + Math.log(first.variance) + 1 + Math.log(noise) + second.variance / noise)
  )
}

interface Axis {
  readonly vector: readonly number[]
  readonly variance: number
}
