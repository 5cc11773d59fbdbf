import type { Tensor } from '@tensorflow/tfjs-core'
import { sum, type AnyKey } from '@variate/core/ops'
import { klDivergence, type Distribution } from '@variate/distributions'
import type { RandomSite } from './declaration.ts'
import { isRecursive } from './isRecursive.ts'
import { valueOf, type SiteValues } from './logProbs.ts'
import type { NetworkTensors } from './networks/network.ts'
import { named } from './named.ts'
import { overPlates, type Placed } from './overPlates.ts'
import { placeChain } from './placeChain.ts'
import type { Program } from './program.ts'
import { withReads } from './reads.ts'
import { Scope } from './scope.ts'

/** A distribution for each element of a site's plates: what it is made of, and how. */
export interface PlacedDistribution {
  readonly values: Readonly<Record<string, Placed>>
  of(values: Readonly<Record<string, Tensor>>): Distribution
}

// Values of one element lie in one record.
const P = 'p:'
const Q = 'q:'

/**
 * KL(q‖p), in nats, of other distributions of sites from those that a program gives them, for each element of their plates: a pure
 * function of tensors.
 *
 * @param sizes how many elements each plate has.
 * @param values of all sites but deterministic ones.
 * @param distributions q of some sites that are in no chain, by name: pairs with a closed form.
 * @param training in a step that trains: the key of what is random in networks.
 */
export function divergences(
  program: Program,
  sizes: ReadonlyMap<string, number>,
  values: SiteValues,
  distributions: Readonly<Record<string, PlacedDistribution>>,
  training?: AnyKey,
): Record<string, Tensor> {
  const scope = new Scope(program, sizes, { training })
  const found: Record<string, Tensor> = {}
  for (const [at, site] of program.declarations.entries()) {
    const other = distributions[site.name]
    if (other) found[site.name] = divergenceOf(scope, site as RandomSite, other)
    setIn(scope, at, values)
  }
  return found
}

/** The distribution of a site of a program, for each element of its plates. */
export function placedDistribution(
  program: Program,
  sizes: ReadonlyMap<string, number>,
  values: SiteValues,
  site: RandomSite,
  training?: AnyKey,
): PlacedDistribution {
  const scope = new Scope(program, sizes, { training })
  for (let at = 0; program.declarations[at] !== site; at++) setIn(scope, at, values)
  return {
    values: scope.read(scope.visible),
    of: (seen) => site.of(scope.environment(site, seen)),
  }
}

function setIn(scope: Scope, at: number, values: SiteValues): void {
  const site = scope.program.declarations[at]!
  if (scope.program.declarations.some(isRecursive)) placeChain(scope, at, values)
  if (site.kind === 'network') scope.setNetwork(site, values[site.name] as NetworkTensors)
  else if (site.kind === 'deterministic') {
    if (!isRecursive(site)) scope.set(site, valueOf(scope, site))
  } else if (site.kind !== 'factor') scope.set(site, values[site.name] as Tensor)
}

function divergenceOf(scope: Scope, site: RandomSite, other: PlacedDistribution): Tensor {
  return named(site, () =>
    withReads(site, ({ now }) => {
      const all = { ...prefixed(P, scope.read(now)), ...prefixed(Q, other.values) }
      return overPlates(site.plates, scope.sizes, all, (of) => {
        const own = site.of(scope.environment(site, within(P, of)))
        return sum(klDivergence(other.of(within(Q, of)), own as never))
      })
    }),
  )
}

function prefixed<Of>(prefix: string, values: Readonly<Record<string, Of>>): Record<string, Of> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value]))
}

function within(prefix: string, values: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    ),
  )
}
