import { allocateBlock, loadBlock, type Block } from './block.ts'
import type { Kernel } from './kernel.ts'
import type { Mixture, MixtureShape } from './mixture.ts'
import { EXACT, exponentiate, NEGLIGIBLE_EXPONENT, normalize } from './normalize.ts'
import { plainLoops } from './plainLoops.ts'
import { zeroStatistics } from './statistics.ts'

/** The kernel in plain JavaScript: it runs everywhere, and for few points is ready sooner. */
export function plainKernel(shape: MixtureShape, rows: number): Kernel {
  const { components, dimension } = shape
  const block = allocateBlock(shape, rows)
  const loops = plainLoops(shape)
  let mixture: Mixture | undefined
  let statistics = zeroStatistics(shape, new Float64Array(components * dimension))
  return {
    block,
    load: (data, start) => loadBlock(block, data, dimension, start),
    setMixture: (given) => void (mixture = given),
    logJoint() {
      block.max.fill(-Infinity)
      for (let k = 0; k < components; k++) {
        loops.logJoint(mixture!, k, block)
        raiseMaxima(block, k * block.size)
      }
    },
    exponentiate: (isExact) => exponentiate(block, components, isExact ? EXACT : NEGLIGIBLE_EXPONENT),
    normalize: (data) => normalize(block, data),
    beginMoments: (centers) => void (statistics = zeroStatistics(shape, centers)),
    addMoments() {
      for (let k = 0; k < components; k++) loops.addMoments(statistics, k, block)
    },
    moments: () => statistics,
  }
}

function raiseMaxima({ max, joint, count }: Block, row: number): void {
  for (let i = 0; i < count; i++) {
    const value = joint[row + i]!
    if (value > max[i]!) max[i] = value
  }
}
