import type { PassCount } from '../graph/passes.ts'
import type { Plan } from './plan.ts'
import type { Item } from './rowChains.ts'

/** What became of the operations of a part of a program: how many are left to the next pass, and pieces of code at last. */
export function countsOf({ kinds, views, stages }: Plan, items: readonly Item[]): readonly PassCount[] {
  const computed = [...kinds].filter(
    ([{ op }, kind]) => kind !== 'given' && op !== 'constant' && op !== 'loopResult',
  )
  const large = computed.filter(([, kind]) => kind !== 'small').length
  const own = large - views.size
  const whole = stages.reduce(
    (sum, stage) => sum + stage.whole.filter(({ op }) => op !== 'loopResult').length,
    0,
  )
  const nests = stages.reduce((sum, { loops }) => sum + loops.size, 0)
  const chains = items.filter(({ kind }) => kind === 'loops').length
  return [
    { pass: 'unrolling', before: computed.length, after: large },
    { pass: 'views', before: large, after: own },
    { pass: 'fusion', before: own, after: nests + whole },
    { pass: 'blocking', before: nests + whole, after: chains + whole },
  ]
}
