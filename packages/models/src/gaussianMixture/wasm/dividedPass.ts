import { type Regions } from '@variate/compile/threads'
import {
  I32,
  int32At,
  plus,
  repeat,
  times,
  value,
  variable,
  when,
  whole,
  type Instruction,
  type Procedures,
  type Statement,
} from '@variate/compile/wasm'
import { address, set } from './code.ts'
import type { Layout } from './layout.ts'
import type { MixtureCalls } from './mixtureModule.ts'
import type { Where } from './where.ts'

/** What blocks go through, as bits of the layout's `orders`. */
export const ORDERS = { exact: 1, weighted: 2 } as const

/**
 * The E-step for the blocks in panels, by several threads: first for each block up to its responsibilities, then for each
 * component its moments, block after block. So every sum has the same terms in the same order, whichever thread adds them.
 */
export function dividedPass(
  layout: Layout,
  at: Where,
  calls: MixtureCalls,
  { define }: Procedures,
  regions: Regions,
): readonly Statement[] {
  const { panels, panelStep, components, orders, scratchStep, filled } = layout
  const { bytes, block, scratch, component } = at
  const [part, panel] = [variable(I32), address()]
  /** A thread's number is in the first of its globals. */
  const ownScratch = set(scratch, times(value(I32, [0x23, 0]), scratchStep))
  const inPanel = (index: typeof part, body: readonly Statement[]): readonly Statement[] => [
    set(block, times(index.get, panelStep)),
    set(bytes, value(I32, [0x28, 2, 0], [plus(block.get, filled)])),
    ...when(value(I32, [0x47], [bytes.get, whole(0)]), body),
  ]
  const either = (order: number, yes: Instruction, no: Instruction): readonly Statement[] => {
    const isOrdered = value(I32, [0x71], [int32At(orders), whole(order)])
    return [
      ...when(value(I32, [0x47], [isOrdered, whole(0)]), [yes]),
      ...when(value(I32, [0x45], [isOrdered]), [no]),
    ]
  }
  const ofBlock = define(
    [
      ownScratch,
      ...inPanel(part, [
        calls.loadPoints,
        calls.logJoint,
        calls.maxima,
        ...either(ORDERS.exact, calls.exactExponentials, calls.exponentials),
        ...either(ORDERS.weighted, calls.normalizeWeighted, calls.normalizeEqual),
      ]),
    ],
    [part],
  )
  const ofComponent = define(
    [ownScratch, set(component, part.get), repeat(panel, 0, panels, 1, inPanel(panel, [calls.moments]))],
    [part],
  )
  return [...regions.add(panels, ofBlock, part), ...regions.add(components, ofComponent, part)]
}
