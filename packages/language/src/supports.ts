import type { Tensor } from '@tensorflow/tfjs-core'
import { compile } from '@variate/compile'
import { key as keyOf, UnsupportedError, type NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { foldInKey, keyTensor, reshape, slice } from '@variate/core/ops'
import type { Capabilities, Distribution } from '@variate/distributions'
import type { Bound } from './bind.ts'
import type { Declaration, RandomSite } from './declaration.ts'
import { entryOf } from './entryOf.ts'
import { valueOf } from './logProbs.ts'
import { placeOf } from './program.ts'
import { Scope } from './scope.ts'

export interface SupportsOptions {
  /** The latent that is asked for; all, if not given. */
  readonly only?: RandomSite
  /** Names the call in errors. */
  readonly who?: string
}

/**
 * The values that discrete latents may have, [count, ...event] each: those of their first elements, for all have the same.
 *
 * @throws UnsupportedError for latents whose values cannot be listed.
 */
export function supportsOf(
  bound: Bound,
  { only, who = 'enumeration' }: SupportsOptions = {},
): ReadonlyMap<RandomSite, NdArray> {
  const discrete = bound.program.declarations.filter(
    (site): site is RandomSite => isDiscreteLatent(bound, site) && (!only || site === only),
  )
  for (const site of discrete) checkFinite(site, bound.distributions.get(site)!, who)
  if (discrete.length === 0) return new Map()
  const listed = compile(
    (given: Readonly<Record<string, Tensor>>) => lists(bound, given, new Set(discrete), who),
    {
      precision: 'float64',
    },
  )(bound.values as never) as Readonly<Record<string, NdArray>>
  for (const site of discrete) checkSteps(site, listed[site.name]!, listed[laterOf(site.name)], who)
  return new Map(discrete.map((site) => [site, listed[site.name]!]))
}

/** The name of the values in the steps of a chain but the first. */
function laterOf(name: string): string {
  return `${name} later`
}

/** @throws UnsupportedError for a latent of a chain that has other values in its first step than in the others. */
function checkSteps(site: RandomSite, first: NdArray, later: NdArray | undefined, who: string): void {
  const isSame = (a: NdArray, b: NdArray): boolean =>
    a.data.length === b.data.length && a.data.every((x, i) => x === b.data[i])
  if (!later || isSame(first, later)) return
  throw new UnsupportedError(
    `${who}: ${placeOf(site)}: it has ${first.shape[0]} values in the first step and ${later.shape[0]} in the others, or ` +
      'other ones: it must have the same in all',
  )
}

function isDiscreteLatent({ distributions }: Bound, site: Declaration): boolean {
  return site.kind === 'latent' && distributions.get(site)!.support.isDiscrete
}

/** The values of the first element of each discrete latent; what others it depends on are some draws. */
function lists(
  bound: Bound,
  given: Readonly<Record<string, Tensor>>,
  listed: ReadonlySet<Declaration>,
  who: string,
): Record<string, Tensor> {
  const { program, sizes } = bound
  const scope = new Scope(program, sizes)
  const all: Record<string, Tensor> = {}
  for (const [at, site] of program.declarations.entries()) {
    if (site.kind === 'network') scope.setNetwork(site, given[site.name]!)
    else if (site.kind === 'deterministic') scope.set(site, valueOf(scope, site))
    else if (site.kind !== 'factor') {
      const own = entryOf(given, site.name)
      if (own || site.kind === 'input' || site.kind === 'param') {
        scope.set(site, own!)
        continue
      }
      const ofSite = foldInKey(keyTensor(keyOf(0)), at)
      const made = scope.each(site, [], (seen) => {
        const distribution: Distribution & Partial<Capabilities> = site.of(seen)
        const draw = distribution.sample(ofSite)
        return listed.has(site) ? { draw, values: distribution.enumerateSupport!() } : { draw }
      })
      scope.set(site, made.draw)
      if (made.values) all[site.name] = ofFirst(made.values, site.plates.length)
      if (made.values && site.next && sizes.get(site.plates.at(-1)!)! > 1) {
        const own = { tensor: made.draw, plates: site.plates }
        const next = scope.eachNext(site, own, undefined, (seen, previous) => {
          const distribution: Distribution & Partial<Capabilities> = site.next!(seen, previous)
          checkFinite(site, distribution, who)
          return distribution.enumerateSupport!()
        })
        all[laterOf(site.name)] = ofFirst(next, site.plates.length)
      }
    }
  }
  return all
}

function ofFirst(values: Tensor, plates: number): Tensor {
  const own = values.shape.slice(plates)
  const rows = reshape(values, [sizeOf(values.shape.slice(0, plates)), sizeOf(own)])
  return reshape(slice(rows, [0, 0], [1, rows.shape[1]!]), own)
}

function checkFinite(
  site: RandomSite,
  distribution: Distribution & Partial<Capabilities>,
  who: string,
): void {
  const { name, batchShape } = distribution
  if (batchShape.length > 0) {
    throw new UnsupportedError(
      `${who}: ${placeOf(site)}: each element is a ${name} of shape [${batchShape}], whose combinations are not listed: ` +
        'put its axes in plates',
    )
  }
  if (distribution.enumerateSupport) return
  throw new UnsupportedError(`${who}: ${placeOf(site)}: a ${name} has no finite list of values to sum over`)
}
