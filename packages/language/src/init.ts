import { type Key, type NdArray, random } from '@variate/core'
import type { Shape } from '@variate/distributions'

type Draws = (key: Key, shape: Shape) => NdArray<Float64Array>

/**
 * Parameters begin with uniform numbers from `low` to `high`.
 *
 * @example
 * ```ts
 * import { key } from '@variate/core'
 * import { init, model, positive } from '@variate/language'
 *
 * const rates = model('rates').plate('component', 3, (k) =>
 *   k.param('rate', positive(), { init: init.uniform(1, 5) }),
 * )
 * rates.program.declarations[0]?.name // => 'rate'
 * init.uniform(2, 2.5)(key(0), [2]).shape // => [2]
 * ```
 */
export function uniform(low = 0, high = 1): Draws {
  return (key, shape) => random.uniform(key, shape, { low, high, dtype: 'float64' })
}

/** Parameters begin with normal numbers, `scale` being their standard deviation. */
export function normal(loc = 0, scale = 1): Draws {
  return (key, shape) => {
    const draws = random.normal(key, shape, { dtype: 'float64' })
    draws.data.forEach((z, i) => (draws.data[i] = loc + scale * z))
    return draws
  }
}
