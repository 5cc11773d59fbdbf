import { allocateBlock, loadBlock, type MixtureData } from './block.ts'
import { totalWeight } from './expectation.ts'
import { kernelOf } from './kernel.ts'
import type { MixtureShape } from './mixture.ts'
import { zeroStatistics, type MixtureStatistics } from './statistics.ts'

/** The responsibility of component k for observation i, weights aside. */
export type Assignment = (i: number, k: number) => number

/** The statistics that assignments give, about centres of one's choice. */
export function assignedStatistics(
  data: MixtureData,
  shape: MixtureShape,
  centers: Float64Array,
  assignment: Assignment,
): MixtureStatistics {
  const statistics = zeroStatistics(shape, centers)
  const { addMoments } = kernelOf(shape)
  const block = allocateBlock(shape, data.rows)
  for (let start = 0; start < data.rows; start += block.size) {
    loadBlock(block, data, shape.dimension, start)
    for (let i = 0; i < block.count; i++) block.total[i] = data.weights?.[start + i] ?? 1
    for (let k = 0; k < shape.components; k++) {
      for (let i = 0; i < block.count; i++) block.joint[k * block.size + i] = assignment(start + i, k)
      addMoments(statistics, k, block)
    }
  }
  return { ...statistics, weight: totalWeight(data) }
}
