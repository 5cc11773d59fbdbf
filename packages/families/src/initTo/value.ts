import { DomainError } from '@variate/core'
import { sizeOf, indicesOf } from '@variate/core/internal'
import type { NdArray } from '@variate/core'
import { bind, placeOf, type Bound } from '@variate/language/internal'
import type { RealSite } from '../realSite.ts'
import { middle, type Start } from '../start.ts'
import { checkFinite, placesOfArrays } from './places.ts'
import { withDeviations } from './withDeviations.ts'

/**
 * Values of latents that are known to be good, such as those of an earlier fit: `initTo.value(fit.posterior.mean)`.
 *
 * @param values numbers, nested lists and arrays by the names of latents, an axis for each plate first.
 * @param otherwise where latents begin that have no value; the middle of each support, if not given.
 * @throws When it is paired with a model: DomainError for a name that is no latent, and a value outside of the support; ShapeError for
 *   one of another shape; NumericalError for one at the end of its support. The site is named.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { gamma, normal } from '@variate/distributions'
 * import { initTo, meanField } from '@variate/families'
 * import { bbvi } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const noise = model('noise')
 *   .latent('scale', gamma(2, 1))
 *   .plate('i', 'n', (i) => i.observed('x', ({ scale }) => normal(0, scale)))
 * const from = (scale: number) => bbvi(noise, { family: meanField({ init: initTo.value({ scale }) }), steps: 10 })
 * const fit = await from(2).fit({ x: [1, -2] }, { seed: 0 })
 * fit.history.length // => 10
 * await from(-2).fit({ x: [1, -2] }, { seed: 0 }) // => throws 'site "scale" must be ≥ 0, got -2'
 * ```
 */
export function value(values: Readonly<Record<string, unknown>>, otherwise: Start = middle): Start {
  return (model, sites, key) => {
    const who = `model "${model.program.name}": initTo.value`
    checkNames(model, values, who)
    const named = withDeviations(model, values, namedSizes(model), key, who)
    const own = sites.filter(({ site }) => Object.hasOwn(named, site.name))
    const rest = sites.filter(({ site }) => !Object.hasOwn(named, site.name))
    const given = Object.fromEntries(own.map(({ site }) => [site.name, named[site.name]]))
    const bound = bind(
      model.program,
      { ...model.values, ...given },
      {
        sizes: namedSizes(model),
        who,
        needed: ({ kind }) => kind === 'observed' || kind === 'input',
      },
    )
    for (const real of own) checkSupport(model, real, bound.values[real.site.name] as NdArray, who)
    return {
      ...(rest.length > 0 ? otherwise(model, rest, key) : {}),
      ...(own.length > 0 ? checkFinite(own, placesOfArrays(own, bound.values as never), who) : {}),
    }
  }
}

/** How many elements plates have whose sizes have names. */
function namedSizes({ program, sizes }: Bound): Readonly<Record<string, number>> {
  const named = [...program.plates].flatMap(([plate, { size }]) =>
    typeof size === 'string' ? [[size, sizes.get(plate)!]] : [],
  )
  return Object.fromEntries(named) as Readonly<Record<string, number>>
}

function checkNames({ program }: Bound, values: object, who: string): void {
  const declared = program.uncentered?.from ?? program
  const latents = declared.declarations.filter(({ kind }) => kind === 'latent').map(({ name }) => name)
  const deviations = [...(program.uncentered?.deviations.values() ?? [])]
  const lost = Object.keys(values).find((name) => ![...latents, ...deviations].includes(name))
  if (lost === undefined) return
  throw new DomainError(
    `${who}: "${lost}" is no latent of the model: there are ${latents.map((name) => `"${name}"`).join(', ')}`,
  )
}

/** @throws DomainError for an event outside of the support. */
function checkSupport(model: Bound, { site }: RealSite, { data, shape }: NdArray, who: string): void {
  const { support } = model.distributions.get(site)!
  const batch = shape.slice(0, shape.length - support.eventRank)
  const event = shape.slice(batch.length)
  const size = sizeOf(event)
  for (let at = 0; at < sizeOf(batch); at++) {
    const found = support.violation(Array.from(data.subarray(at * size, (at + 1) * size)), event)
    if (found === undefined) continue
    const where = batch.length > 0 ? ` at [${indicesOf(at, batch).join(', ')}]` : ''
    throw new DomainError(`${who}: ${placeOf(site)} must be ${support.description}, got ${found}${where}`)
  }
}
