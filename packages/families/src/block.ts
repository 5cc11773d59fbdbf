import type { Tensor } from '@tensorflow/tfjs-core'
import { batch } from '@variate/compile'
import { foldIn, NdArray, UnsupportedError } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { add, concat, diagPart, reshape, slice, sub, fill } from '@variate/core/ops'
import type { Bound, RandomSite } from '@variate/language/internal'
import { momentsOfPlace } from './placeMoments.ts'
import { overEvent, realSite, type RealSite } from './realSite.ts'
import type { Start } from './start.ts'
import type {
  ParamArrays,
  ReverseModel,
  VariationalContext,
  SiteTensors,
  ParamTree,
  Variational,
} from './variational.ts'
import type { VectorFamily } from './vector.ts'

/** Where a latent's numbers lie in the vector of a block, for one element of the block's plates. */
interface Part {
  readonly real: RealSite
  /** The lengths of its axes within an element: of plates that the block does not have, and of its place. */
  readonly shape: readonly number[]
  readonly from: number
  readonly size: number
}

/**
 * Continuous latents that are drawn together, as one vector for each element of the plates that all of them are in.
 *
 * @param plates those plates: the vectors of their elements are independent, and have parameters of their own.
 */
export function block(
  model: Bound,
  sites: readonly RandomSite[],
  plates: readonly string[],
  family: VectorFamily,
  start: Start,
  who: string,
): Variational {
  const reals = sites.map((site) => realSite(model, site, who))
  const name = sites.map((site) => site.name).join(',')
  const parts = partsOf(model, reals, plates)
  const size = parts.reduce((total, part) => total + part.size, 0)
  const lengths = plates.map((plate) => model.sizes.get(plate)!)
  checkSizes(model, sites, plates, who)
  const own = (params: ParamTree): ParamTree => params[name] as ParamTree
  const elements = <Result>(
    context: VariationalContext,
    args: readonly unknown[],
    f: (...of: never[]) => Result,
  ): Result =>
    overElements(
      plates.map((plate) => context.sizes.get(plate)!),
      args,
      f,
    )
  const momentsOf = (context: VariationalContext) =>
    elements(context, [own(context.params)], (params: ParamTree) => family.moments!(params, size))
  const ofDraws = (context: VariationalContext, values: SiteTensors, f: VectorFamily['logProb']): Tensor => {
    const more = Object.entries(values).flatMap(([of, x]) =>
      of.startsWith(`${name}\0`) ? [[of.slice(name.length + 1), x] as const] : [],
    )
    return elements(
      context,
      [own(context.params), vectorOf(context, parts, plates, values), Object.fromEntries(more)],
      (params: ParamTree, vector: Tensor, extra: SiteTensors) => f(params, { vector, more: extra }, size),
    )
  }
  const volumeOf = (values: SiteTensors): Tensor =>
    parts
      .map(({ real }) => overEvent(real.logDet(real.placeIn(values)), plates.length))
      .reduce((total, x) => add(total, x), fill([], 0))
  const { logReverse } = family
  return {
    factors: [
      {
        name,
        sites: sites.map((site) => site.name),
        plates,
        draws: 'reparameterized',
        ...(family.entropy ? { hasEntropy: true } : {}),
        reads: [],
      },
    ],
    plates: { [name]: plates },
    init: (key) => {
      const places = start(model, reals, foldIn(key, 0))
      const rows = Array.from({ length: sizeOf(lengths) }, (_, row) => {
        const loc = new NdArray(vectorAt(parts, places, row), [size])
        return family.init(loc, foldIn(foldIn(key, 1), row))
      })
      return { [name]: plates.length === 0 ? rows[0]! : stacked(rows, lengths) }
    },
    draw: (context, key) => {
      const { vector, ...more } = elements(context, [own(context.params)], (params: ParamTree) => {
        const { vector, more = {} } = family.draw(params, key, size)
        return { vector, ...more }
      })
      const named = Object.entries(more).map(([of, x]) => [`${name}\0${of}`, x])
      return { ...valuesOf(context, parts, plates, vector as Tensor), ...Object.fromEntries(named) }
    },
    logProbs: (context, values) => ({
      [name]: sub(ofDraws(context, values, family.logProb), volumeOf(values)),
    }),
    entropies: (context, values) => {
      if (!family.entropy) return {}
      const entropy = elements(context, [own(context.params)], (params: ParamTree) =>
        family.entropy!(params, size),
      )
      return { [name]: add(entropy, volumeOf(values)) }
    },
    ...(family.moments ? closedForms(parts, plates, name, momentsOf) : {}),
    ...(logReverse ? { reverse: reverseOf(name, plates, (...of) => ofDraws(...of, logReverse)) } : {}),
  }
}

/** What a block tells of its latents where its vectors are normal. */
function closedForms(
  parts: readonly Part[],
  plates: readonly string[],
  name: string,
  momentsOf: (context: VariationalContext) => { readonly mean: Tensor; readonly covariance: Tensor },
): Pick<Variational, 'moments' | 'covariances'> {
  return {
    moments: (context) => {
      const { mean, covariance } = momentsOf(context)
      const [means, variances] = [mean, diagPart(covariance)].map((x) => placesOf(context, parts, plates, x))
      const all = parts.map(
        ({ real }, i) => [real.site.name, momentsOfPlace(real, means![i]!, variances![i]!)] as const,
      )
      return Object.fromEntries(all.flatMap(([site, own]) => (own ? [[site, own]] : [])))
    },
    covariances: (context) =>
      parts.every(({ real }) => real.map.name === 'identity')
        ? { [name]: { matrix: momentsOf(context).covariance } }
        : {},
  }
}

function reverseOf(
  factor: string,
  plates: readonly string[],
  logProb: (context: VariationalContext, values: SiteTensors) => Tensor,
): ReverseModel {
  const name = `${factor}\0reverse`
  return {
    terms: [{ name, factor, plates }],
    logProbs: (context, values) => ({ [name]: logProb(context, values) }),
  }
}

/** @throws UnsupportedError for a latent that is not in the plates of its block. */
function checkSizes(
  model: Bound,
  sites: readonly RandomSite[],
  plates: readonly string[],
  who: string,
): void {
  for (const site of sites) {
    if (String(site.plates.slice(0, plates.length)) === String(plates)) continue
    throw new UnsupportedError(
      `${who}: model "${model.program.name}": "${site.name}" is not in plates ${plates.map((p) => `"${p}"`).join(', ')}, of which ` +
        'its block has an own distribution for each element: put it in a block of its own',
    )
  }
}

function partsOf({ sizes }: Bound, reals: readonly RealSite[], plates: readonly string[]): readonly Part[] {
  let from = 0
  return reals.map((real) => {
    const shape = [...real.plates.slice(plates.length).map((plate) => sizes.get(plate)!), ...real.placeShape]
    const part = { real, shape, from, size: sizeOf(shape) }
    from += part.size
    return part
  })
}

/** What a function gives for each element, of arguments that have an axis for each plate first. */
function overElements<Result>(
  lengths: readonly number[],
  args: readonly unknown[],
  f: (...of: never[]) => Result,
): Result {
  const [length, ...inner] = lengths
  if (length === undefined) return f(...(args as never[]))
  return batch((...own: unknown[]) => overElements(inner, own, f), { size: length })(...args)
}

/** The latents and their places, of the vectors of all elements. */
function valuesOf(
  context: VariationalContext,
  parts: readonly Part[],
  plates: readonly string[],
  vector: Tensor,
): SiteTensors {
  const places = placesOf(context, parts, plates, vector)
  return Object.assign({}, ...parts.map(({ real }, i) => real.values(places[i]!))) as SiteTensors
}

/** What vectors of all elements hold for each latent. */
function placesOf(
  { sizes }: VariationalContext,
  parts: readonly Part[],
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

function vectorOf(
  { sizes }: VariationalContext,
  parts: readonly Part[],
  plates: readonly string[],
  values: SiteTensors,
): Tensor {
  const lengths = plates.map((plate) => sizes.get(plate)!)
  const rows = parts.map(({ real, size }) => reshape(real.placeIn(values), [...lengths, size]))
  return rows.length === 1 ? rows[0]! : concat(rows, lengths.length)
}

function vectorAt(
  parts: readonly Part[],
  places: Readonly<Record<string, NdArray<Float64Array>>>,
  row: number,
): Float64Array {
  const whole = new Float64Array(parts.reduce((total, { size }) => total + size, 0))
  for (const { real, from, size } of parts)
    whole.set(places[real.site.name]!.data.subarray(row * size, (row + 1) * size), from)
  return whole
}

/** Arrays of elements along first axes, those of plates. */
function stacked(rows: readonly ParamArrays[], lengths: readonly number[]): ParamArrays {
  const [first] = rows as readonly [ParamArrays]
  const entries = Object.entries(first).map(([name, item]): [string, ParamArrays[string]] => {
    if (!(item instanceof NdArray))
      return [
        name,
        stacked(
          rows.map((row) => row[name] as ParamArrays),
          lengths,
        ),
      ]
    const data = new Float64Array(rows.length * item.data.length)
    for (const [at, row] of rows.entries())
      data.set((row[name] as NdArray<Float64Array>).data, at * item.data.length)
    return [name, new NdArray(data, [...lengths, ...item.shape])]
  })
  return Object.fromEntries(entries)
}
