import { NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { nameOf } from '../exact/combinationRows.ts'
import type { Completion } from './completions.ts'
import { isOfElements } from './rowsOfTerm.ts'

/**
 * A completion in which points that count for nothing have the values of their element's most probable point: gradients are
 * NaN where the log joint is −∞, and NaN times 0 is NaN.
 */
export function possibleOnly(completion: Completion): Completion {
  const { term, points, weights, rows } = completion
  if (!weights.includes(0)) return completion
  const elements = sizeOf(term.lengths)
  /** For each point and element the point whose values are taken. */
  const from = new Int32Array(points * elements)
  for (let element = 0; element < elements; element++) {
    let best = 0
    for (let point = 1; point < points; point++)
      if (weights[point * elements + element]! > weights[best * elements + element]!) best = point
    for (let point = 0; point < points; point++) {
      const at = point * elements + element
      from[at] = weights[at]! > 0 ? point : best
    }
  }
  const chosen = term.dependences.map((one): [string, NdArray] => {
    const { data, shape } = rows[nameOf(one)]!
    const ofEach = isOfElements(one, shape.length - 1)
    const own = shape.slice(ofEach ? 1 + term.lengths.length : 1)
    const size = sizeOf(own)
    const all = new (data.constructor as Float64ArrayConstructor)(points * elements * size)
    for (const [at, point] of from.entries()) {
      const source = (ofEach ? point * elements + (at % elements) : point) * size
      all.set(data.subarray(source, source + size) as Float64Array, at * size)
    }
    return [nameOf(one), new NdArray(all, [points, ...term.lengths, ...own])]
  })
  return { ...completion, rows: Object.fromEntries(chosen) }
}
