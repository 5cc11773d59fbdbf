import type { Tensor } from '@tensorflow/tfjs-core'
import { foldInKey, type AnyKey } from '@variate/core/ops'
import { blockFrom, chainOf } from './chainOf.ts'
import { completed } from './completed.ts'
import type { Declaration, Environment } from './declaration.ts'
import { drawChain } from './drawChain.ts'
import { drawOf, type OnMade } from './drawOf.ts'
import { entryOf } from './entryOf.ts'
import { logOfFactor, valueOf, type SiteValues } from './logProbs.ts'
import type { NetworkTensors } from './networks/network.ts'
import type { Program } from './program.ts'
import { Scope } from './scope.ts'

/**
 * Draws of all random sites in the order of their declaration, and what is computed of them: a pure function of tensors.
 *
 * @param given inputs, parameters, and sites that are not to be drawn.
 * @param onMade is told of each distribution that is made.
 * @param present for given sites of which some are missing, and are drawn: for each event 1 where it is there, else 0.
 * @param training in a step that trains: the key of what is random in networks.
 * @returns a tensor for each latent, observed and deterministic site, an axis for each of its plates first.
 */
export function draws(
  program: Program,
  sizes: ReadonlyMap<string, number>,
  key: AnyKey,
  given: SiteValues,
  onMade: OnMade = () => {},
  present: Readonly<Record<string, Tensor>> = {},
  training?: AnyKey,
): Record<string, Tensor> {
  const scope = new Scope(program, sizes, { training })
  const values: Record<string, Tensor> = {}
  const keep = (site: Declaration, value: Tensor): void => {
    values[site.name] = value
    scope.set(site, value)
  }
  for (let at = 0; at < program.declarations.length; at++) {
    const site = program.declarations[at]!
    const own = entryOf(given, site.name) as Tensor | undefined
    const ofSite = foldInKey(key, at)
    // A factor that a chain begins with depends on no step of it.
    const chain = site.kind === 'factor' ? undefined : chainOf(program, site)
    if (chain !== undefined) {
      const block = blockFrom(program, at)
      const before = program.declarations.slice(0, at).filter((other) => isInputOf(other, chain))
      const drawn = block.every((other) => isInputOf(other, chain))
        ? {}
        : drawChain(scope, [...before, ...block], chain, ofSite, { given, present, onMade })
      for (const member of block) {
        if (member.kind === 'input') scope.set(member, given[member.name] as Tensor)
        else if (member.kind !== 'factor') keep(member, drawn[member.name]!)
      }
      at += block.length - 1
    } else if (site.kind === 'network') scope.setNetwork(site, own as NetworkTensors)
    else if (site.kind === 'input' || site.kind === 'param') scope.set(site, own!)
    // What a factor gives has no part in draws, but what it reads is found out.
    else if (site.kind === 'factor') logOfFactor(scope, site)
    else if (own && !entryOf(present, site.name)) keep(site, own)
    else if (site.kind === 'deterministic') keep(site, valueOf(scope, site))
    else {
      const draw = (environment: Environment, ...known: readonly Tensor[]): Tensor => {
        const distribution = site.of(environment)
        const drawn = drawOf(site, distribution, ofSite, onMade)
        const [values, mask] = known
        return values && mask ? completed(values, mask, drawn) : drawn
      }
      const known = own ? [own, present[site.name]!] : []
      keep(
        site,
        scope.each(
          site,
          known.map((tensor) => ({ tensor, plates: site.plates })),
          draw,
        ),
      )
    }
  }
  return values
}

/** Whether a site is an input of a chain: of a guide these come first, and its own sites of the chain later. */
function isInputOf({ kind, plates }: Declaration, chain: string): boolean {
  return kind === 'input' && plates.includes(chain)
}
