import { fillRandint } from '../../random/fillRandint.ts'
import { defineDraw, type Draw } from './defineDraw.ts'

/**
 * Draws whole numbers, all alike: `drawRandint(key, shape, low, high)`, int32. They are from `low` to `high`, itself
 * included, both whole and from −2³¹ to 2³¹ − 1; 2³¹, which this is as float32, counts as 2³¹ − 1.
 */
export const drawRandint: Draw = /* @__PURE__ */ defineDraw(
  'drawRandint',
  (key, [low, high], out) => {
    const ends = Float64Array.from(high!, (x) => Math.min(x + 1, 2 ** 31))
    fillRandint(key, low!, ends, out as Int32Array)
  },
  { dtype: 'int32' },
)
