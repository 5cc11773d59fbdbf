import { threadsFor } from '@variate/compile/threads'
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
  /**
   * All of the E-step for data without labels, with the mixture and the centres that were set, by several threads: adds to the
   * moments, and gives Σᵢ wᵢ·log p(xᵢ), nats. The bits are those of block after block.
   *
   * @param isExact whether responsibilities below 2^−100 are kept.
   */
  passTogether?(data: MixtureData, isExact: boolean): number
  /** The moments added so far. */
  moments(): Moments
}

/** Terms of moments for which making a kernel of instructions takes as long as what it saves. */
const WORTHWHILE = 2 ** 23

/** Operations of an exponential, in terms of moments. */
const EXPONENTIAL = 8

/** Terms of moments from which on a fit takes several times as long as threads need to start: some 0.2 s. */
const DIVIDED = 2 ** 29

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
  // What goes through data once wants the blocks one after the other.
  const threads = passes > 1 && work >= DIVIDED ? threadsFor('auto', 'gaussianMixture.fit').count : 1
  return (work >= WORTHWHILE ? wasmKernel(shape, threads) : undefined) ?? plainKernel(shape, rows)
}
