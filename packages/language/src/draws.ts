import type { Tensor } from '@tensorflow/tfjs-core'
import { foldInKey, type AnyKey } from '@variate/core/ops'
import type { Distribution } from '@variate/distributions'
import type { Declaration, Environment, RandomSite } from './declaration.ts'
import { drawChain } from './drawChain.ts'
import { entryOf } from './entryOf.ts'
import { logOfFactor, valueOf, type SiteValues } from './logProbs.ts'
import type { NetworkTensors } from './networks/network.ts'
import type { Program } from './program.ts'
import { Scope } from './scope.ts'

/** Told of the distribution of one element of a site, while a program is traced. */
export type OnMade = (site: RandomSite, distribution: Distribution) => void

/**
 * Draws of all random sites in the order of their declaration, and what is computed of them: a pure function of tensors.
 *
 * @param given inputs, parameters, and sites that are not to be drawn.
 * @param onMade is told of each distribution that is made.
 * @returns a tensor for each latent, observed and deterministic site, an axis for each of its plates first.
 */
export function draws(
  program: Program,
  sizes: ReadonlyMap<string, number>,
  key: AnyKey,
  given: SiteValues,
  onMade: OnMade = () => {},
): Record<string, Tensor> {
  const scope = new Scope(program, sizes)
  const values: Record<string, Tensor> = {}
  const keep = (site: Declaration, value: Tensor): void => {
    values[site.name] = value
    scope.set(site, value)
  }
  for (let at = 0; at < program.declarations.length; at++) {
    const site = program.declarations[at]!
    const own = entryOf(given, site.name) as Tensor | undefined
    const ofSite = foldInKey(key, at)
    const chain = chainOf(program, site)
    if (chain !== undefined) {
      const block = blockFrom(program, at)
      const drawn = drawChain(scope, block, chain, ofSite, given, onMade)
      for (const member of block) {
        if (member.kind === 'input') scope.set(member, given[member.name] as Tensor)
        else if (member.kind !== 'factor') keep(member, drawn[member.name]!)
      }
      at += block.length - 1
    } else if (site.kind === 'network') scope.setNetwork(site, own as NetworkTensors)
    else if (site.kind === 'input' || site.kind === 'param') scope.set(site, own!)
    // What a factor gives has no part in draws, but what it reads is found out.
    else if (site.kind === 'factor') logOfFactor(scope, site)
    else if (own) keep(site, own)
    else if (site.kind === 'deterministic') keep(site, valueOf(scope, site))
    else {
      const draw = (environment: Environment): Tensor => {
        const distribution = site.of(environment)
        onMade(site, distribution)
        return distribution.sample(ofSite)
      }
      keep(site, scope.each(site, [], draw))
    }
  }
  return values
}

/** The chain that a site is in, if it is in one. */
function chainOf({ plates }: Program, site: Declaration): string | undefined {
  return site.plates.find((plate) => plates.get(plate)!.isChain)
}

/** The sites from one on that are in the same chain. */
function blockFrom({ declarations }: Program, from: number): readonly Declaration[] {
  const plates = String(declarations[from]!.plates)
  const end = declarations.findIndex((site, at) => at > from && String(site.plates) !== plates)
  return declarations.slice(from, end < 0 ? undefined : end)
}
