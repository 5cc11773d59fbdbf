import type { JointBlock, MixtureData } from './block.ts'
import type { Mixture, MixtureShape } from './mixture.ts'
import { plainKernel } from './plainKernel.ts'
import { momentsPerComponent, type Moments } from './statistics.ts'
import { wasmKernel } from './wasm/wasmKernel.ts'

/** What the E-step runs on: a block of points in scratch memory, and the loops over it. */
export interface Kernel {
  readonly block: JointBlock
  /** Takes up to `block.size` points from `start` on. */
  load(data: MixtureData, start: number): void
  /** Takes the mixture that log joints are of. */
  setMixture(mixture: Mixture): void
  /** `block.joint` ← log p(x, z = k), and `block.max` ← its maxima. */
  logJoint(): void
  /**
   * `block.joint` ← exp(joint − max), and `block.total` ← its sum over components.
   *
   * @param isExact whether what is below 2^−100 is kept.
   */
  exponentiate(isExact: boolean): void
  /** `block.total` ← the factor that makes (weighted) responsibilities of exponentials; gives Σᵢ wᵢ·log p(xᵢ), nats. */
  normalize(data: MixtureData): number
  /** Begins moments about centres: the means of the mixture, where there is one. */
  beginMoments(centers: Float64Array): void
  /** Adds what the block gives to the moments, responsibilities being `block.joint · block.total`. */
  addMoments(): void
  /** The moments added so far. */
  moments(): Moments
}

/** Terms of moments for which making a kernel of instructions takes as long as what it saves. */
const WORTHWHILE = 2 ** 23

/** Operations of an exponential, in terms of moments. */
const EXPONENTIAL = 8

/** How often a fit goes through its data, at a guess. */
export const PASSES_OF_FIT = 30

/**
 * The kernel for a mixture of some shape: of WebAssembly where that is to be had and there is enough to do, else of plain
 * JavaScript.
 *
 * @param rows how many points there are, so that scratch memory need not be larger.
 * @param passes how often they are gone through.
 */
export function kernelFor(shape: MixtureShape, rows: number, passes = 1): Kernel {
  const work = passes * rows * shape.components * (EXPONENTIAL + momentsPerComponent(shape))
  return (work >= WORTHWHILE ? wasmKernel(shape) : undefined) ?? plainKernel(shape, rows)
}
