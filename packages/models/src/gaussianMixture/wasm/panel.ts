import type { MixtureData } from '../block.ts'
import { POINTS, type Layout } from './layout.ts'

/** A block's part of a kernel's memory. */
export interface Panel {
  readonly joint: Float64Array
  readonly max: Float64Array
  readonly total: Float64Array
  /** Takes up to `size` points from an index on, as they are given; gives the bytes of a column that they fill. */
  loadRows(data: MixtureData, start: number): number
  /** Takes the weights of these points: 0 behind the last. */
  loadWeights(data: MixtureData, start: number): void
  /** Says how many bytes of a column are points: 0 for none. */
  fill(bytes: number): void
  /** Σᵢ wᵢ·log p(xᵢ), nats. */
  logLikelihood(): number
}

export function panelOf(layout: Layout, memory: ArrayBufferLike, index: number): Panel {
  const { dimension: d, size, panelStep } = layout
  const column = (address: number, columns = 1): Float64Array =>
    new Float64Array(memory, address + index * panelStep, columns * size)
  const [rows, weights] = [column(layout.rows, d), column(layout.weights)]
  const sum = new Float64Array(memory, layout.logLikelihood + index * panelStep, 2)
  const filled = new Int32Array(memory, layout.filled + index * panelStep, 1)
  const countFrom = (data: MixtureData, start: number): number => Math.min(size, data.rows - start)
  const whole = (count: number): number => POINTS * Math.ceil(count / POINTS)
  return {
    joint: column(layout.joint, layout.components),
    max: column(layout.max),
    total: column(layout.total),
    loadRows(data, start) {
      const count = countFrom(data, start)
      rows.set(data.x.subarray(start * d, (start + count) * d))
      // Behind the last point comes the first again, with weight 0.
      for (let i = count; i < whole(count); i++) rows.copyWithin(i * d, 0, d)
      return 8 * whole(count)
    },
    loadWeights(data, start) {
      const count = countFrom(data, start)
      if (data.weights === undefined) weights.fill(1, 0, count)
      else weights.set(data.weights.subarray(start, start + count))
      weights.fill(0, count, whole(count))
    },
    fill: (bytes) => void (filled[0] = bytes),
    logLikelihood: () => sum[0]! + sum[1]!,
  }
}
