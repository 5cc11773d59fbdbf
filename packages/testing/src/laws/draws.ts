import { key, NumericalError } from '@variate/core'
import * as tf from '@tensorflow/tfjs-core'
import type { AnyDistribution } from '../distribution.ts'
import type { Case } from '../oracle/parseOracle.ts'
import type { Subject } from '../subject.ts'

const MOST = 40_000
const LEAST = 1_000

/** How many events a law of samplers draws for each case. */
export function countOf({ cases, draws }: Subject, { values }: Case): number {
  const size = sizeOf(shapeOfEvent(values[0]!))
  return Math.max(LEAST, Math.min(MOST, Math.floor(draws / cases.length / size)))
}

/** Draws as numbers, row-major. */
export function draw(
  distribution: AnyDistribution,
  seed: number,
  shape: readonly number[],
): Float32Array | Int32Array | Uint8Array {
  return tf.tidy(() => distribution.sample!(key(seed), shape).dataSync())
}

/** Whether int32 holds the counts that are drawn: else they are refused, in the name of the distribution. */
export function canDraw(distribution: AnyDistribution): boolean {
  if (!distribution.sample || !distribution.support.isDiscrete) return distribution.sample !== undefined
  try {
    draw(distribution, 0, [LEAST])
    return true
  } catch (error) {
    const isRefusal = error instanceof NumericalError && /int32/.test(error.message)
    if (isRefusal && error.message.startsWith(`${distribution.name}: `)) return false
    throw error
  }
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1)
}

function shapeOfEvent(value: unknown): number[] {
  return Array.isArray(value) ? [value.length, ...shapeOfEvent(value[0])] : []
}
