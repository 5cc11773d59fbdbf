import type { Tensor } from '@tensorflow/tfjs-core'
import { ShapeError, UnsupportedError } from '@variate/core'
import { concat, constant, expandDims, greater, mul, sum, where, type AnyKey } from '@variate/core/ops'
import { linearLogProb, type Distribution } from '@variate/distributions'
import type { DeterministicDeclaration, FactorDeclaration, RandomSite } from './declaration.ts'
import { entryOf } from './entryOf.ts'
import { isRecursive } from './isRecursive.ts'
import type { NetworkTensors } from './networks/network.ts'
import type { Placed } from './overPlates.ts'
import { placeChain } from './placeChain.ts'
import { placeOf, type Program } from './program.ts'
import { Scope, type OneElement } from './scope.ts'

/** What a program is evaluated at: a tensor for each site, an axis for each of its plates first; parameters of networks. */
export type SiteValues = Readonly<Record<string, Tensor | NetworkTensors>>

export interface LogProbsOptions {
  /** A site that is evaluated for one element, which checks what it is given. */
  readonly only?: OneElement | undefined
  /** How often the terms of each element of a plate count: once, for plates that are not here. */
  readonly scales?: ReadonlyMap<string, number> | undefined
  /** Discrete sites whose values may lie between those of the support: their log probabilities are linear there. */
  readonly soft?: ReadonlySet<string> | undefined
  /** In a step that trains: the key of what is random in networks. */
  readonly training?: AnyKey | undefined
}

/**
 * The log probability, in nats, of each random site and factor, for each element of its plates: a pure function of tensors.
 *
 * @param sizes how many elements each plate has.
 * @param present for observations of which some are missing: for each event 1 where it is there, and 0 where it counts nothing.
 */
export function logProbs(
  program: Program,
  sizes: ReadonlyMap<string, number>,
  values: SiteValues,
  present: Readonly<Record<string, Tensor>> = {},
  { only, scales, soft, training }: LogProbsOptions = {},
): Record<string, Tensor> {
  const scope = new Scope(program, sizes, { only, training })
  const logs: Record<string, Tensor> = {}
  const isAnyRecursive = program.declarations.some(isRecursive)
  for (const [at, site] of program.declarations.entries()) {
    const { name } = site
    if (isAnyRecursive) placeChain(scope, at, values)
    if (site.kind === 'network') scope.setNetwork(site, values[name] as NetworkTensors)
    else if (site.kind === 'input' || site.kind === 'param') scope.set(site, values[name] as Tensor)
    else if (site.kind === 'deterministic') {
      if (!isRecursive(site)) scope.set(site, valueOf(scope, site))
    } else if (site.kind === 'factor') logs[name] = logOfFactor(scope, site)
    else {
      const own = values[name] as Tensor
      const isSoft = soft?.has(name) ?? false
      logs[name] = isSoft ? softLogOf(scope, site, own) : logProbOf(scope, site, own, entryOf(present, name))
      scope.set(site, own)
    }
    const scale = site.plates.reduce((product, plate) => product * (scales?.get(plate) ?? 1), 1)
    if (logs[name] && scale !== 1) logs[name] = mul(scale, logs[name])
  }
  return logs
}

function logProbOf(scope: Scope, site: RandomSite, own: Tensor, present: Tensor | undefined): Tensor {
  const placed = { tensor: own, plates: site.plates }
  if (!site.next) return logOf(scope, site, placed, present)
  const axis = site.plates.length - 1
  const start = expandDims(logOfFirst(scope, site, placed), axis)
  return scope.sizes.get(site.plates[axis]!) === 1
    ? start
    : concat([start, logOfNext(scope, site, placed)], axis)
}

/** The log probability of a value between those of a discrete site, for each element of its plates. */
function softLogOf(scope: Scope, site: RandomSite, own: Tensor): Tensor {
  const log = (distribution: Distribution, x: Tensor): Tensor => sum(linearLogProb(distribution, x))
  const placed = { tensor: own, plates: site.plates }
  if (!site.next) return scope.each(site, [placed], (seen, x) => log(site.of(seen), x))
  throw new UnsupportedError(
    `${placeOf(site)} is in a chain: its values cannot lie between those of its support`,
  )
}

/**
 * The log probability of a site's value, for each element of its plates.
 *
 * @param present for each event 1 where it is there, and 0 where it counts nothing.
 */
export function logOf(scope: Scope, site: RandomSite, own: Placed, present?: Tensor): Tensor {
  if (!present) return scope.each(site, [own], (seen, x) => sum(logProb(site.of(seen), x)))
  return scope.each(site, [own, { tensor: present, plates: site.plates }], (seen, x, is) =>
    sum(where(greater(is, 0), logProb(site.of(seen), x), 0)),
  )
}

/** The same of a chain's latent in the first step, without the axis of the chain. */
export function logOfFirst(scope: Scope, site: RandomSite, own: Placed): Tensor {
  return scope.eachFirst(site, own, (seen, x) => sum(logProb(site.of(seen), x)))
}

/**
 * And in the other steps.
 *
 * @param before its values in the steps before, if they are not those of `own`.
 */
export function logOfNext(scope: Scope, site: RandomSite, own: Placed, before?: Placed): Tensor {
  return scope.eachNext(site, own, before, (seen, previous, x) => sum(logProb(site.next!(seen, previous), x)))
}

/** A factor's term of the log joint, for each element of its plates. */
export function logOfFactor(scope: Scope, site: FactorDeclaration): Tensor {
  return scope.each(site, [], (seen) => scalar(constant(site.of(seen))))
}

/** The value of a deterministic site. */
export function valueOf(scope: Scope, site: DeterministicDeclaration): Tensor {
  return scope.each(site, [], (seen) => constant(site.of(seen) as never))
}

/** The log probabilities of one element: all axes of its distribution are part of its event. */
function logProb(distribution: Distribution, x: Tensor): Tensor {
  const { batchShape, eventShape } = distribution
  const expected = [...batchShape, ...eventShape]
  if (String(expected) !== String(x.shape)) {
    const hint =
      x.shape.length > expected.length &&
      String(x.shape.slice(x.shape.length - expected.length)) === String(expected)
        ? ': put the first axis in a plate'
        : ''
    throw new ShapeError(
      `${distribution.name} has shape [${expected}], the value of one element has [${x.shape}]${hint}`,
    )
  }
  return distribution.logProb(x)
}

function scalar(x: Tensor): Tensor {
  if (x.rank === 0) return x
  throw new ShapeError(
    `a factor is one number for each element, got shape [${x.shape}]: sum it, or put its axes in plates`,
  )
}
