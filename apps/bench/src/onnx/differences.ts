import type { Tensor } from '@tensorflow/tfjs-core'
import type { Plain } from './data.ts'

/** How far what a model gave is from what compiled code gives, relative to the largest of it: ∞ for another form. */
export function differenceOf(got: Plain | undefined, expected: Tensor): number {
  if (!got || String(got.shape) !== String(expected.shape) || got.type !== expected.dtype) return Infinity
  const truth = [...expected.dataSync()]
  const scale = Math.max(1e-30, ...truth.map(Math.abs))
  const gaps = truth.map((x, i) => (Object.is(x, +got.data[i]!) ? 0 : Math.abs(x - +got.data[i]!) / scale))
  return gaps.some(Number.isNaN) ? Infinity : Math.max(0, ...gaps)
}
