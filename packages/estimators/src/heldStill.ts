import { stopGradient } from '@variate/core/ops'
import type { Factor, Values } from './problem.ts'

/** Draws, of which those of some factors are no functions of the parameters; what is known beside a latent has its name first. */
export function heldStill(values: Values, factors: readonly Pick<Factor, 'name' | 'sites'>[]): Values {
  const still = new Set(factors.flatMap(({ name, sites }) => [name, ...sites]))
  return Object.fromEntries(
    Object.entries(values).map(([name, x]) => [
      name,
      still.has(name.split('\0')[0]!) && x.dtype === 'float32' ? stopGradient(x) : x,
    ]),
  )
}
