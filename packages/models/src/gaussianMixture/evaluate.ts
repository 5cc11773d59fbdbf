import { NdArray, NumericalError, type MatrixLike } from '@variate/core'
import { newObservations } from '../observations.ts'
import type { JointBlock, MixtureData } from './block.ts'
import { forEachBlock } from './expectation.ts'
import { kernelFor, type Kernel } from './kernel.ts'
import type { Mixture } from './mixture.ts'

/** log p(x) of each row in nats, [n]; −∞ where the density is too small for float64 to hold its logarithm. */
export function logProb(mixture: Mixture, x: MatrixLike): NdArray<Float64Array> {
  const data = newObservations('gaussianMixture.logProb', mixture.dimension, x)
  const out = new Float64Array(data.rows)
  const kernel = kernelFor(mixture, data.rows)
  const { block } = kernel
  forEachBlock(data, mixture, kernel, () => {
    kernel.exponentiate(true)
    for (let i = 0; i < block.count; i++) out[block.start + i] = logTotal(block, i)
  })
  return new NdArray(out, [data.rows])
}

/** p(z = k | x) of each row, [n, K]. */
export function responsibilities(mixture: Mixture, x: MatrixLike): NdArray<Float64Array> {
  const { components, dimension } = mixture
  const data = newObservations('gaussianMixture.responsibilities', dimension, x)
  const out = new Float64Array(data.rows * components)
  const kernel = kernelFor(mixture, data.rows)
  const { block } = kernel
  forEachBlock(data, mixture, kernel, () => {
    requireDensity(block, 'responsibilities')
    kernel.exponentiate(true)
    for (let i = 0; i < block.count; i++) {
      for (let k = 0; k < components; k++) {
        out[(block.start + i) * components + k] = block.joint[k * block.size + i]! / block.total[i]!
      }
    }
  })
  return new NdArray(out, [data.rows, components])
}

/** The component of the largest responsibility for each row, [n]. */
export function predict(mixture: Mixture, x: MatrixLike): NdArray<Int32Array> {
  const data = newObservations('gaussianMixture.predict', mixture.dimension, x)
  const out = new Int32Array(data.rows)
  const kernel = kernelFor(mixture, data.rows)
  const { block } = kernel
  forEachBlock(data, mixture, kernel, () => {
    requireDensity(block, 'predict')
    for (let i = 0; i < block.count; i++) {
      while (block.joint[out[block.start + i]! * block.size + i] !== block.max[i]) out[block.start + i]!++
    }
  })
  return new NdArray(out, [data.rows])
}

/** Σᵢ wᵢ·log maxₖ rᵢₖ in nats: how far the most probable assignment is from certain, for the ICL. */
export function logCertainty(
  mixture: Mixture,
  data: MixtureData,
  kernel: Kernel = kernelFor(mixture, data.rows),
): number {
  let sum = 0
  const { block } = kernel
  forEachBlock(data, mixture, kernel, () => {
    kernel.exponentiate(true)
    for (let i = 0; i < block.count; i++)
      sum -= (data.weights?.[block.start + i] ?? 1) * Math.log(block.total[i]!)
  })
  return sum
}

function logTotal({ max, total }: JointBlock, i: number): number {
  return max[i] === -Infinity ? -Infinity : max[i]! + Math.log(total[i]!)
}

/** No component can be told from another where the density of all is 0. */
function requireDensity({ max, count, start }: JointBlock, what: string): void {
  const far = max.subarray(0, count).indexOf(-Infinity)
  if (far < 0) return
  throw new NumericalError(
    `gaussianMixture.${what}: row ${start + far} is so far from every component that its density is 0`,
  )
}
