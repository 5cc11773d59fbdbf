import type { Tensor } from '@tensorflow/tfjs-core'
import { foldIn, NdArray, UnsupportedError } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { add, fill, sub } from '@variate/core/ops'
import type { Bound, RandomSite } from '@variate/language/internal'
import { blockMoments } from './blockMoments.ts'
import { partsOf, valuesOf, vectorAt, vectorOf } from './blockParts.ts'
import { overElements, stacked } from './overElements.ts'
import { overEvent, realSite } from './realSite.ts'
import type { Start } from './start.ts'
import type { ParamTree, ReverseModel, SiteTensors, Variational, VariationalContext } from './variational.ts'
import type { VectorFamily } from './vector.ts'

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
    ...(family.moments ? blockMoments(parts, plates, name, momentsOf) : {}),
    ...(logReverse ? { reverse: reverseOf(name, plates, (...of) => ofDraws(...of, logReverse)) } : {}),
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
