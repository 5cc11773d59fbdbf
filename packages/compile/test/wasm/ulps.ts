import type { Precision } from '../../src/wasm/lanes.ts'

/** How far a result is from the truth, in distances of neighbouring numbers; infinite where it has to be exact and is not. */
export function ulps(got: number, truth: number, precision: Precision): number {
  const [width, least] = precision === 'float32' ? [23, -149] : [52, -1074]
  const rounded = precision === 'float32' ? Math.fround(truth) : truth
  if (Object.is(got, rounded)) return 0
  if (!Number.isFinite(rounded) || truth === 0) return Infinity
  return Math.abs(got - truth) / 2 ** Math.max(Math.floor(Math.log2(Math.abs(truth))) - width, least)
}

export const series = (count: number, at: (i: number) => number): number[] =>
  Array.from({ length: count }, (_, i) => at(i))

/** What is no usual number, and the least and the largest that are, of both signs. */
export const ENDS: readonly number[] = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  NaN,
  Infinity,
  -Infinity,
  1e-40,
  -1e-40,
  1e-300,
  -1e-300,
  2 ** -149,
  2 ** -1074,
  -(2 ** -1074),
  3e38,
  -3e38,
  1.7e308,
  -1.7e308,
]

/** A number as a program of the precision is given it. */
export const roundTo = (precision: Precision): ((x: number) => number) =>
  precision === 'float32' ? Math.fround : Number
