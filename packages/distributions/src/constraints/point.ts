import type { Tensor } from '@tensorflow/tfjs-core'
import { isTensor, notEqual } from '@variate/core/ops'
import type { Numbers } from '../distribution.ts'
import { anyElement } from './anyElement.ts'
import type { Constraint } from './constraint.ts'
import { endTensor, toEnd } from './toEnd.ts'

/** One event, or one for each of a batch. */
export function point(value: Numbers, eventRank: number): Constraint {
  const only = toEnd(value, 'point')
  return Object.freeze({
    name: 'point',
    description: typeof only === 'number' ? String(only) : 'the value',
    eventRank,
    isDiscrete: true,
    violation: (event: ArrayLike<number>) => {
      const data = typeof only === 'number' ? [only] : isTensor(only) ? only.dataSync() : only.data
      for (let start = 0; start < data.length; start += event.length) {
        if (Array.from(event).every((x, i) => x === data[start + i])) return undefined
      }
      return Array.from(event).join(', ')
    },
    outside: (x: Tensor) => anyElement(notEqual(x, endTensor(only)), x, eventRank),
    inside: () => endTensor(only),
  })
}
