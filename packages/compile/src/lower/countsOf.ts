import type { PassCount } from '../graph/passes.ts'
import type { Plan, Stage } from './plan.ts'
import type { Item } from './rowChains.ts'

/** What became of the operations of a part of a program: how many are left to the next pass, and pieces of code at last. */
export function countsOf(
  { kinds, views, fused, stages, apart }: Plan,
  items: readonly Item[],
): readonly PassCount[] {
  const computed = [...kinds].filter(
    ([{ op }, kind]) => kind !== 'given' && op !== 'constant' && op !== 'loopResult',
  )
  // Products that are not stored, and what would lie where they do, are among the operations none the less.
  const unstored = [...fused.values()].reduce((sum, product) => sum + product.unstored.size, 0)
  const before = computed.length + unstored
  const large = unstored + computed.filter(([, kind]) => kind !== 'small').length
  const own = large - views.size - (unstored - fused.size)
  const pieces = piecesOf(stages)
  const joined = items.filter(({ kind }) => kind === 'loops').length + wholeOf(stages)
  return [
    { pass: 'unrolling', before, after: large },
    { pass: 'views', before: large, after: own },
    { pass: 'fusion', before: own, after: piecesOf(apart) },
    { pass: 'products', before: piecesOf(apart), after: pieces },
    { pass: 'blocking', before: pieces, after: joined },
  ]
}

function piecesOf(stages: readonly Stage[]): number {
  return wholeOf(stages) + stages.reduce((sum, { loops }) => sum + loops.size, 0)
}

function wholeOf(stages: readonly Stage[]): number {
  return stages.reduce((sum, { whole }) => sum + whole.filter(({ op }) => op !== 'loopResult').length, 0)
}
