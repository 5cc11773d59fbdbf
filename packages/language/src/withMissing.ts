import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError, ShapeError, UnsupportedError } from '@variate/core'
import { indicesOf, sizeOf } from '@variate/core/internal'
import { cast, gather, less, maximum, where } from '@variate/core/ops'
import type { Declaration, RandomSite } from './declaration.ts'
import { elementOf } from './elementOf.ts'
import { entryOf } from './entryOf.ts'
import { keyText } from './keyText.ts'
import { MAY_MISS, WITH_NOISE } from './presentEvents.ts'
import { plainData, type PlainData } from './plainData.ts'
import { placeOf, siteOf, type Program } from './program.ts'
import { suggestion } from './suggestion.ts'

/**
 * The program in which the elements of observed sites that are missing are unknowns. In place of `x` there are:
 *
 * - `x.missing`, a latent for each element that is missing, with the distribution that `x` has there;
 * - `x.present`, the observations of the others, with their densities;
 * - `x`, computed of both: what others read;
 * - inputs: `x.at`, the index of each missing element, `x.known`, the data, and `x.place`, which of the missing ones an element
 *   is, −1 if it is there.
 *
 * So the joint is that of the program at the completed data.
 */
export function withMissing(program: Program, values: Readonly<Record<string, unknown>>): Program {
  const who = `model "${program.name}": withMissing`
  const observed = program.declarations.flatMap((site) =>
    site.kind === 'observed' && !site.value ? [site.name] : [],
  )
  const plates = new Map(program.plates)
  for (const name of Object.keys(values)) {
    if (!observed.includes(name))
      throw new DomainError(`${who}: "${name}" ${whyNotMissing(name, observed, siteOf(program, name))}`)
  }
  const declarations = program.declarations.flatMap((site): readonly Declaration[] => {
    const value = entryOf(values, site.name)
    if (value === undefined || site.kind !== 'observed') return [site]
    const where = `${who}: ${placeOf(site)}`
    const missing = missingOf(program, site, plainData(value, where), where)
    plates.set(`${site.name}.missing`, { size: missing.indices.length, isChain: false })
    return sitesOf(program, site, missing)
  })
  const names = new Set(declarations.map(({ name }) => name))
  if (names.size < declarations.length)
    throw new DomainError(
      `${who}: names such as "${Object.keys(values)[0]}.missing" are taken: rename those sites`,
    )
  return { ...program, declarations: Object.freeze(declarations.map(Object.freeze) as Declaration[]), plates }
}

function whyNotMissing(name: string, observed: readonly string[], site: Declaration | undefined): string {
  if (site?.kind === 'observed')
    return 'is not an observed site without a value: call withMissing before condition'
  if (site?.kind === 'input' && !site.value) return MAY_MISS
  return suggestion(name, observed, 'an observed site', site)
}

interface Missing {
  readonly data: PlainData
  /** How many elements each plate has. */
  readonly lengths: readonly number[]
  /** Of each element that is missing, in each plate. */
  readonly indices: readonly (readonly number[])[]
}

function missingOf({ plates }: Program, site: RandomSite, data: PlainData, who: string): Missing {
  const chain = site.plates.find((plate) => plates.get(plate)!.isChain)
  if (chain !== undefined)
    throw new UnsupportedError(
      `${who}: it is in chain "${chain}", whose steps read each other: ${WITH_NOISE}`,
    )
  const { shape, missing } = data
  if (shape.length < site.plates.length)
    throw new ShapeError(
      `${who}: data have shape [${shape}], expected an axis for each plate: ${site.plates.join(', ')}`,
    )
  if (!missing)
    throw new DomainError(
      `${who}: nothing is missing: observe it with condition({ ${keyText(site.name)}: … })`,
    )
  const lengths = shape.slice(0, site.plates.length)
  const size = sizeOf(shape.slice(lengths.length))
  const indices = Array.from({ length: sizeOf(lengths) }, (_, at) => {
    const own = missing.subarray(at * size, (at + 1) * size)
    if (!own.includes(1)) return []
    if (own.includes(0))
      throw new DomainError(
        `${who}: the value at [${indicesOf(at * size + own.indexOf(1), shape)}] is missing, and others of its element are not: ` +
          'an element is missing as a whole',
      )
    return [indicesOf(at, lengths)]
  })
  return { data, lengths, indices: indices.flat() }
}

function sitesOf(
  program: Program,
  site: RandomSite,
  { data, lengths, indices }: Missing,
): readonly Declaration[] {
  const { name, plates, of } = site
  const [all, at, known, place] = ['missing', 'at', 'known', 'place'].map((what) => `${name}.${what}`) as [
    string,
    string,
    string,
    string,
  ]
  const places = new Float64Array(sizeOf(lengths)).fill(-1)
  for (const [i, index] of indices.entries())
    places[index.reduce((offset, own, axis) => offset * lengths[axis]! + own, 0)] = i
  const plain = (values: readonly number[] | Float64Array, shape: readonly number[]): PlainData => ({
    data: Float64Array.from(values),
    shape,
    missing: undefined,
  })
  const index: Declaration = {
    kind: 'input',
    name: at,
    plates: [all],
    value: plain(indices.flat(), [indices.length, lengths.length]),
  }
  return [
    ...(plates.length > 0 ? [index] : []),
    {
      ...site,
      kind: 'latent',
      name: all,
      plates: [all],
      of: (environment) =>
        of(
          plates.length > 0
            ? elementOf(program, environment, plates, environment[at] as Tensor)
            : environment,
        ),
    },
    { ...site, name: `${name}.present`, value: data, isDensityOnly: true },
    { kind: 'input', name: known, plates, value: plain(data.data, data.shape) },
    { kind: 'input', name: place, plates, value: plain(places, lengths) },
    {
      kind: 'deterministic',
      name,
      plates,
      of: (environment) => {
        const [drawn, own, i] = [all, known, place].map((what) => environment[what] as Tensor) as [
          Tensor,
          Tensor,
          Tensor,
        ]
        return where(less(i, 0), cast(own, drawn.dtype as 'float32'), gather(drawn, maximum(i, 0)))
      },
    },
  ]
}
