import type { Tensor } from '@tensorflow/tfjs-core'
import { compile } from '@variate/compile'
import { foldIn } from '@variate/core'
import type { AnyKey } from '@variate/core/ops'
import type { Capabilities, Distribution } from '@variate/distributions'
import { draws } from '@variate/language/internal'
import type { Start } from '../start.ts'
import { checkFinite, givenOf, placesOf, type Places } from './places.ts'

/**
 * The mean of each latent where those that it depends on have theirs; the median of one that has no mean, or a draw where it has
 * neither.
 */
export function mean(): Start {
  return (model, sites, key) => {
    const { program, sizes } = model
    const names = new Set(sites.map(({ site }) => site.name))
    const run = compile(
      (own: Tensor, given: Readonly<Record<string, Tensor>>) =>
        placesOf(
          sites,
          draws(program, sizes, own, given, ({ name }) => (names.has(name) ? center : undefined)),
        ),
      { precision: 'float64' },
    )
    const words = Int32Array.from(foldIn(key, 1), (word) => word | 0)
    const places = run(words as never, givenOf(model, foldIn(key, 0)) as never) as unknown as Places
    return checkFinite(sites, places, 'initTo.mean')
  }
}

function center(distribution: Distribution & Partial<Capabilities>, key: AnyKey): Tensor {
  if (distribution.mean) return distribution.mean()
  return distribution.icdf ? distribution.icdf(0.5) : distribution.sample(key)
}
