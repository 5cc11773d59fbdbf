import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError, UnsupportedError } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { broadcastTo, cast, concat, reshape } from '@variate/core/ops'
import { placeOf, type Bound, type Declaration, type RandomSite } from '@variate/language/internal'
import type { VariationalContext } from './variational.ts'

/** What a network reads: the numbers of some data, for each element of a latent's plates. */
export interface DataOf {
  /** The sites, in words. */
  readonly title: string
  /** How many numbers there are for an element. */
  readonly size: number
  /** Those of the elements that are taken: [...plates, size]. */
  values(context: VariationalContext): Tensor
}

/**
 * The data of the elements that a latent is of.
 *
 * @param from names of observed sites and inputs, whose numbers follow each other.
 * @throws DomainError for names that are no data; UnsupportedError for data of other plates, and such as are missing in part.
 */
export function dataOf(model: Bound, latent: RandomSite, from: readonly string[], who: string): DataOf {
  if (from.length === 0)
    throw new DomainError(`${who}: ${placeOf(latent)}: from names no data: name an observed site or an input`)
  const parts = from.map((name) => {
    const site = siteIn(model, latent, name, who)
    return { site, size: sizeOf(model.specs[name]!.shape.slice(site.plates.length)) }
  })
  const apart = latent.plates.find((plate) => !parts.some(({ site }) => site.plates.includes(plate)))
  if (apart !== undefined)
    throw new UnsupportedError(
      `${who}: ${placeOf(latent)}: from names no data in plate "${apart}", of which all elements would have the same q: name an ` +
        `observed site or an input in plate "${apart}"`,
    )
  return {
    title: parts.map(({ site }) => placeOf(site)).join(' and '),
    size: parts.reduce((total, { size }) => total + size, 0),
    values: ({ data, sizes }) => {
      const lengths = latent.plates.map((plate) => sizes.get(plate)!)
      const rows = parts.map(({ site, size }) => {
        const own = latent.plates.map((plate, i) => (site.plates.includes(plate) ? lengths[i]! : 1))
        const placed = reshape(cast(data[site.name]!, 'float32'), [...own, size])
        return String(own) === String(lengths) ? placed : broadcastTo(placed, [...lengths, size])
      })
      return rows.length === 1 ? rows[0]! : concat(rows, lengths.length)
    },
  }
}

function siteIn(model: Bound, latent: RandomSite, name: string, who: string): Declaration {
  const { program, present } = model
  const isData = ({ kind }: Declaration): boolean => kind === 'observed' || kind === 'input'
  const site = program.declarations.find((own) => own.name === name)
  const where = `${who}: ${placeOf(latent)}`
  if (!site || !isData(site)) {
    const known = program.declarations.filter(isData).map((own) => `"${own.name}"`)
    const choice = known.length > 0 ? `there are ${known.join(', ')}` : 'the model has none'
    throw new DomainError(`${where}: from: "${name}" is no observed site or input: ${choice}`)
  }
  const outside = site.plates.find((plate) => !latent.plates.includes(plate))
  if (outside !== undefined)
    throw new UnsupportedError(
      `${where}: from: ${placeOf(site)} has a value for each element of plate "${outside}", which "${latent.name}" is not in: declare ` +
        `"${latent.name}" in that plate, or "${name}" as one value with an axis in place of the plate`,
    )
  const common = latent.plates.filter((plate) => site.plates.includes(plate))
  if (String(common) !== String(site.plates))
    throw new UnsupportedError(
      `${where}: from: ${placeOf(site)} has its plates in another order: nest them alike`,
    )
  if (present[name])
    throw new UnsupportedError(
      `${where}: from: ${placeOf(site)} has missing values, which a network cannot read: leave their elements out, or give values ` +
        'for them in an input beside one that says which there are',
    )
  return site
}
