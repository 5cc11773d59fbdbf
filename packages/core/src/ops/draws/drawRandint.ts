import { fillIntegers } from '../../random/fillIntegers.ts'
import { defineDraw, type Draw } from './defineDraw.ts'

/**
 * Draws whole numbers, all alike: `drawRandint(key, shape, low, high)`, int32. They are from `low` to `high`, itself
 * included, both whole and from −2³¹ to 2³¹ − 1; 2³¹, which this is as float32, counts as 2³¹ − 1. Unlike those of
 * `random.randint`, which are JAX's, they are even to 2⁻³² of their probability, however many numbers there are.
 */
export const drawRandint: Draw = /* @__PURE__ */ defineDraw(
  'drawRandint',
  (key, [low, high], out) => fillIntegers(key, low!, high!, out as Int32Array),
  { dtype: 'int32' },
)
