import type { Tensor } from '@tensorflow/tfjs-core'
import { compile } from '@variate/compile'
import { foldIn, NdArray } from '@variate/core'
import { abs, less, where, type AnyKey } from '@variate/core/ops'
import type { Capabilities, Distribution } from '@variate/distributions'
import { draws } from '@variate/language/internal'
import type { Start } from '../start.ts'
import { givenOf, placesOf, type Places } from './places.ts'

/**
 * The mean of each latent where those that it depends on have theirs; the median of one whose mean is not finite, or a draw where it has
 * neither. What lies at the end of a support begins in the middle of it.
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
    return Object.fromEntries(Object.entries(places).map(([name, place]) => [name, finite(place)]))
  }
}

/** The mean where it is finite. */
function center(distribution: Distribution & Partial<Capabilities>, key: AnyKey): Tensor {
  const typical = distribution.icdf ? distribution.icdf(0.5) : distribution.sample(key)
  if (!distribution.mean) return typical
  const own = distribution.mean()
  return where(less(abs(own), Infinity), own, typical)
}

/** Places at the end of a support, or that are not numbers, at its middle. */
function finite({ data, shape }: NdArray<Float64Array>): NdArray<Float64Array> {
  return new NdArray(
    data.map((x) => (Number.isFinite(x) ? x : 0)),
    shape,
  )
}
