import type { Tensor } from '@tensorflow/tfjs-core'
import { concat, expandDims } from '@variate/core/ops'
import type { RandomSite } from './declaration.ts'
import { deviationOf } from './deviations/deviationOf.ts'
import { entryOf } from './entryOf.ts'
import { valueOf, type SiteValues } from './logProbs.ts'
import type { NetworkTensors } from './networks/network.ts'
import type { Placed } from './overPlates.ts'
import { Scope } from './scope.ts'
import type { Uncentered } from './uncentered.ts'

/**
 * The deviations that give values of the sites that are computed of them, in a program that `uncentered` made: a pure function of
 * tensors, such as an algorithm starts with.
 *
 * @param sizes how many elements each plate has.
 * @param values of all sites of the program that it was made of, as far as they are read.
 * @returns a tensor for each deviation, by its name, an axis for each of its plates first.
 */
export function deviationsAt(
  { from, deviations }: Pick<Uncentered, 'from' | 'deviations'>,
  sizes: ReadonlyMap<string, number>,
  values: SiteValues,
): Record<string, Tensor> {
  const scope = new Scope(from, sizes)
  const found: Record<string, Tensor> = {}
  for (const site of from.declarations) {
    const own = entryOf(values, site.name)
    if (site.kind === 'factor') continue
    if (site.kind === 'deterministic') scope.set(site, valueOf(scope, site))
    else if (own === undefined) continue
    else if (site.kind === 'network') scope.setNetwork(site, own as NetworkTensors)
    else {
      const placed = { tensor: own as Tensor, plates: site.plates }
      const name = deviations.get(site.name)
      if (name !== undefined && site.kind === 'latent') found[name] = deviationAt(scope, site, placed)
      scope.set(site, own as Tensor)
    }
  }
  return found
}

function deviationAt(scope: Scope, site: RandomSite, own: Placed): Tensor {
  const { of, next } = site
  if (!next) return scope.each(site, [own], (seen, x) => deviationOf(of(seen))!.fromValue(x))
  const axis = site.plates.length - 1
  const start = scope.eachFirst(site, own, (seen, x) => deviationOf(of(seen))!.fromValue(x))
  const first = expandDims(start, axis)
  if (scope.sizes.get(site.plates[axis]!) === 1) return first
  const others = scope.eachNext(site, own, undefined, (seen, before, x) =>
    deviationOf(next(seen, before))!.fromValue(x),
  )
  return concat([first, others], axis)
}
