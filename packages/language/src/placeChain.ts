import type { Tensor } from '@tensorflow/tfjs-core'
import { key } from '@variate/core'
import { keyTensor } from '@variate/core/ops'
import { blockFrom, chainOf } from './chainOf.ts'
import { drawChain } from './drawChain.ts'
import { isRecursive } from './isRecursive.ts'
import type { SiteValues } from './logProbs.ts'
import type { Scope } from './scope.ts'

/**
 * Where a chain begins: adds what its sites are that are computed of the step before, which others read of the step before. So
 * they must be known in all steps before others are looked at.
 *
 * @param at the index of a declaration; nothing happens where no chain begins, or it has no such sites.
 * @param values of all its latents and observed sites, so that nothing is drawn.
 */
export function placeChain(scope: Scope, at: number, values: SiteValues): void {
  const { program } = scope
  const { declarations } = program
  const site = declarations[at]!
  const chain = chainOf(program, site)
  if (chain === undefined || String(declarations[at - 1]?.plates) === String(site.plates)) return
  const block = blockFrom(program, at)
  const end = block.findLastIndex(isRecursive)
  if (end < 0) return
  const known = drawChain(scope, block.slice(0, end + 1), chain, keyTensor(key(0)), {
    given: values,
    present: {},
    onMade: () => {},
  })
  for (const { name, plates } of block.filter(isRecursive))
    scope.place(name, { tensor: known[name] as Tensor, plates })
}
