import { UnsupportedError } from '@variate/core'
import type { Node } from '../graph/node.ts'

/** @throws UnsupportedError for what a step has computed in a program outside of its loop, where it has no values. */
export function checkBound(nodes: readonly Node[]): void {
  if (!nodes.some(({ op, attributes }) => op === 'input' && 'step' in attributes)) return
  throw new UnsupportedError(
    'loop: a tensor of a step is used outside of its loop: return it as a part of the state, or as an output with collect',
  )
}
