import type { Block } from './block.ts'
import { addDenseMoments, denseLogJoint } from './denseKernel.ts'
import { addDiagonalMoments, diagonalLogJoint } from './diagonalKernel.ts'
import { isDense, type Mixture, type MixtureShape } from './mixture.ts'
import { addPlanarMoments, planarLogJoint } from './planarKernel.ts'
import type { MixtureStatistics } from './statistics.ts'

/** The inner loops of the E-step, for one component and one block of points. */
export interface PlainLoops {
  /** Writes component k's row of `block.joint`: log p(x, z = k). */
  readonly logJoint: (mixture: Mixture, k: number, block: Block) => void
  /** Adds what the block gives to component k's moments, its responsibilities being `block.joint · block.total`. */
  readonly addMoments: (statistics: MixtureStatistics, k: number, block: Block) => void
}

export function plainLoops({ covariance, dimension }: MixtureShape): PlainLoops {
  if (!isDense(covariance)) return { logJoint: diagonalLogJoint, addMoments: addDiagonalMoments }
  if (dimension === 2) return { logJoint: planarLogJoint, addMoments: addPlanarMoments }
  return { logJoint: denseLogJoint, addMoments: addDenseMoments }
}
