import type { Tensor } from '@tensorflow/tfjs-core'
import type { NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { concat, reshape, slice } from '@variate/core/ops'
import type { Bound } from '@variate/language/internal'
import type { RealSite } from './realSite.ts'
import type { SiteTensors, VariationalContext } from './variational.ts'

/** Where a latent's numbers lie in the vector of a block, for one element of the block's plates. */
export interface BlockPart {
  readonly real: RealSite
  /** The lengths of its axes within an element: of plates that the block does not have, and of its place. */
  readonly shape: readonly number[]
  readonly from: number
  readonly size: number
}

/** The parts of a block's vector, in the order of its latents. */
export function partsOf(
  { sizes }: Bound,
  reals: readonly RealSite[],
  plates: readonly string[],
): readonly BlockPart[] {
  let from = 0
  return reals.map((real) => {
    const shape = [...real.plates.slice(plates.length).map((plate) => sizes.get(plate)!), ...real.placeShape]
    const part = { real, shape, from, size: sizeOf(shape) }
    from += part.size
    return part
  })
}

/** The latents and their places, of the vectors of all elements. */
export function valuesOf(
  context: VariationalContext,
  parts: readonly BlockPart[],
  plates: readonly string[],
  vector: Tensor,
): SiteTensors {
  const places = placesOf(context, parts, plates, vector)
  return Object.assign({}, ...parts.map(({ real }, i) => real.values(places[i]!))) as SiteTensors
}

/** What vectors of all elements hold for each latent. */
export function placesOf(
  { sizes }: VariationalContext,
  parts: readonly BlockPart[],
  plates: readonly string[],
  vector: Tensor,
): readonly Tensor[] {
  const lengths = plates.map((plate) => sizes.get(plate)!)
  return parts.map(({ shape, from, size }) => {
    const begin = [...lengths.map(() => 0), from]
    const own = parts.length === 1 ? vector : slice(vector, begin, [...lengths, size])
    return reshape(own, [...lengths, ...shape])
  })
}

/** The vectors of all elements, of what latents are. */
export function vectorOf(
  { sizes }: VariationalContext,
  parts: readonly BlockPart[],
  plates: readonly string[],
  values: SiteTensors,
): Tensor {
  const lengths = plates.map((plate) => sizes.get(plate)!)
  const rows = parts.map(({ real, size }) => reshape(real.placeIn(values), [...lengths, size]))
  return rows.length === 1 ? rows[0]! : concat(rows, lengths.length)
}

/** The vector of an element, of the places of all. */
export function vectorAt(
  parts: readonly BlockPart[],
  places: Readonly<Record<string, NdArray<Float64Array>>>,
  row: number,
): Float64Array {
  const whole = new Float64Array(parts.reduce((total, { size }) => total + size, 0))
  for (const { real, from, size } of parts)
    whole.set(places[real.site.name]!.data.subarray(row * size, (row + 1) * size), from)
  return whole
}
