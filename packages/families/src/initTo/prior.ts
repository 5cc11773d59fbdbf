import type { Tensor } from '@tensorflow/tfjs-core'
import { compile } from '@variate/compile'
import { foldIn } from '@variate/core'
import { draws } from '@variate/language/internal'
import type { Start } from '../start.ts'
import { checkFinite, givenOf, placesOf, type Places } from './places.ts'

/** One draw from the prior, all latents together. */
export function prior(): Start {
  return (model, sites, key) => {
    const { program, sizes } = model
    const run = compile(
      (own: Tensor, given: Readonly<Record<string, Tensor>>) =>
        placesOf(sites, draws(program, sizes, own, given)),
      { precision: 'float64' },
    )
    const words = Int32Array.from(foldIn(key, 1), (word) => word | 0)
    const places = run(words as never, givenOf(model, foldIn(key, 0)) as never) as unknown as Places
    return checkFinite(sites, places, 'initTo.prior')
  }
}
