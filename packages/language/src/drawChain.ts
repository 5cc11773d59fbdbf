import type { Tensor } from '@tensorflow/tfjs-core'
import { loop } from '@variate/compile'
import {
  add,
  concat,
  constant,
  expandDims,
  fill,
  foldInKey,
  reshape,
  slice,
  type AnyKey,
} from '@variate/core/ops'
import { completed } from './completed.ts'
import type { Declaration, Environment } from './declaration.ts'
import { drawOf, type OnMade } from './drawOf.ts'
import type { SiteValues } from './logProbs.ts'
import { named } from './named.ts'
import { overPlates } from './overPlates.ts'
import { entryOf } from './entryOf.ts'
import { isRecursive } from './isRecursive.ts'
import { environmentOf, withReads } from './reads.ts'
import type { Scope } from './scope.ts'
import { indexOf } from './training.ts'

type Step = Readonly<Record<string, Tensor>>

export interface ChainOptions {
  /** Values of sites that are not to be drawn. */
  readonly given: SiteValues
  /** For given sites of which some are missing: for each event 1 where it is there, else 0. */
  readonly present: Readonly<Record<string, Tensor>>
  readonly onMade: OnMade
}

/** The name under which a step has which of a site's values are there. */
const presentOf = (name: string): string => `${name}\0present`

/** For the first site of a block what stands for all of it: what the block reads is not what that site reads. */
const owners = new WeakMap<Declaration, Declaration>()

/**
 * Draws of the sites of a chain, step by step.
 *
 * @param block its sites, in order.
 * @returns a tensor for each site but inputs and factors.
 */
export function drawChain(
  scope: Scope,
  block: readonly Declaration[],
  chain: string,
  key: AnyKey,
  { given, present, onMade }: ChainOptions,
): Readonly<Record<string, Tensor>> {
  const [start] = block as readonly [Declaration]
  const { plates } = start
  const owner = owners.get(start) ?? { ...start }
  owners.set(start, owner)
  const later = scope.sizes.get(chain)! - 1
  const known = block.flatMap(({ name }): [string, Tensor][] => {
    const [own, mask] = [entryOf(given, name), entryOf(present, name)]
    return [
      ...(own === undefined ? [] : [[name, own] as [string, Tensor]]),
      ...(mask ? [[presentOf(name), mask] as [string, Tensor]] : []),
    ]
  })
  return withReads(owner, ({ now }) => {
    const values = scope.read(now)
    for (const [name, tensor] of known) values[name] = { tensor, plates }
    return overPlates(plates.slice(0, -1), scope.sizes, values, (of) => {
      const rows = (from: number, count: number): Step =>
        Object.fromEntries(
          known.map(([name]) => {
            const x = of[name]!
            const begin = x.shape.map((_, i) => (i === 0 ? from : 0))
            return [name, slice(x, begin, x.shape.with(0, count))]
          }),
        )
      const firstKey = foldInKey(key, 0)
      /** What is outside of the chain, as a step sees it. */
      const at = (step: Tensor): Step => (indexOf(chain) in of ? { ...of, [indexOf(chain)]: step } : of)
      const begin = at(fill([], 0, 'int32'))
      const first = stepOf(scope, block, owner, begin, firstRow(rows(0, 1)), firstKey, undefined, onMade)
      const begun = mapped(first, (x) => expandDims(x, 0))
      if (later === 0) {
        // What other steps would read and be is told even where there are none.
        stepOf(scope, block, owner, begin, firstRow(rows(0, 1)), firstKey, first, onMade)
        return begun
      }
      const { outputs } = loop(
        (previous: Step, context) => {
          const outside = at(add(context.index, 1))
          const now = stepOf(
            scope,
            block,
            owner,
            outside,
            context.each as Step,
            context.key,
            previous,
            onMade,
          )
          return { state: now, outputs: now }
        },
        {
          state: first,
          count: later,
          each: rows(1, later),
          random: foldInKey(key, 1),
          collect: { every: 1 },
        },
      )
      return mapped(begun, (x, name) => concat([x, (outputs as Step)[name]!], 0))
    })
  })
}

/** The values of one step: given, drawn, or computed. */
function stepOf(
  scope: Scope,
  block: readonly Declaration[],
  owner: Declaration,
  outside: Step,
  given: Step,
  key: AnyKey,
  previous: Step | undefined,
  onMade: OnMade,
): Step {
  const now: Record<string, Tensor> = {}
  for (const [at, site] of block.entries()) {
    const { name } = site
    const [own, mask] = [entryOf(given, name), entryOf(given, presentOf(name))]
    if (own && !mask) {
      now[name] = own
      continue
    }
    const declared = block.slice(0, at).map((other) => other.name)
    // A deviation depends on the value of the step before, which is computed after it.
    const before = [...declared, name, ...block.filter(isRecursive).map((other) => other.name)]
    const more = declared.filter((other) => !scope.visible.includes(other))
    const environment = scope.environment(site, { ...outside, ...now }, more, owner)
    if (site.kind === 'deterministic') {
      const { of, next } = site
      now[name] = named(site, () =>
        constant(
          (next && previous
            ? next(environment, stepBefore(scope, site, before, previous))
            : of(environment)) as never,
        ),
      )
    }
    if (site.kind === 'factor') named(site, () => site.of(environment))
    if (site.kind === 'latent' || site.kind === 'observed') {
      now[name] = named(site, () => {
        const distribution =
          site.next && previous
            ? site.next(environment, stepBefore(scope, site, before, previous))
            : site.of(environment)
        const drawn = drawOf(site, distribution, foldInKey(key, at), onMade)
        return mask ? completed(own!, mask, drawn) : drawn
      })
    }
  }
  return now
}

function stepBefore(
  scope: Scope,
  site: Declaration,
  visible: readonly string[],
  previous: Step,
): Environment {
  return environmentOf({
    site,
    visible,
    when: 'before',
    elsewhere: scope.visible,
    value: (name) => entryOf(previous, name),
  })
}

function firstRow(rows: Step): Step {
  return mapped(rows, (x) => reshape(x, x.shape.slice(1)))
}

function mapped(step: Step, f: (x: Tensor, name: string) => Tensor): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(step).map(([name, x]) => [name, f(x, name)]))
}
