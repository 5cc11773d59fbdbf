import { key, random } from '@variate/core'

/** Numbers of both signs around 1. */
export function numbers(count: number, seed: number): Float64Array {
  return random.normal(key(seed), [count], { dtype: 'float64' }).data
}
