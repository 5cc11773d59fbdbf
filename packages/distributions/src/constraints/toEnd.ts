import { constant, isTensor, plainArray } from '@variate/core/ops'
import { isTracing } from '@variate/core/internal'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Numbers, Parameter } from '../distribution.ts'

/** An end of an interval, one number or one for each of a batch, without tensors unless it was given as one. */
export function toEnd(end: Numbers, who: string): Parameter {
  return typeof end === 'number' || isTensor(end) ? end : plainArray(end as never, who)
}

/** The end as a tensor: rounded as the values are that it is compared with. */
export function endTensor(end: Parameter): Tensor {
  return constant(end as never)
}

/** What errors call the end: its value, or its name where it has many. */
export function endText(end: Parameter, name: string): string {
  return typeof end === 'number' ? String(end) : name
}

/** The end of a batch that leaves the most room: the least of lower ends (`Math.min`), the greatest of upper ones. */
export function widest(end: Parameter, pick: (...ends: number[]) => number): number {
  if (typeof end === 'number') return end
  const open = pick(-Infinity, Infinity)
  if (isTensor(end) && isTracing()) return open
  const data = isTensor(end) ? end.dataSync() : end.data
  if (data.length === 0) return open
  return Array.from(data).reduce((best, x) => pick(best, x), -open)
}
