import type { Node } from '../../graph/node.ts'
import { unsigned } from '../../wasm/encode.ts'
import { variable, type Statement } from '../../wasm/statement.ts'
import { I32 } from '../../wasm/value.ts'
import type { Target } from '../target.ts'
import { claims, type Claim } from './claims.ts'
import { when } from './when.ts'

/**
 * The call of what computes a node as long as its claims hold. If one does not, the kernel of core computes the node again,
 * and throws or gives what it does for such input.
 */
export function rescued(
  node: Node,
  target: Target,
  body: (claim: Claim) => readonly Statement[],
): readonly Statement[] {
  const { clear, claim, failed } = claims(target)
  const hasFailed = variable(I32)
  const rescue: Statement = { code: [0x10, ...unsigned(target.kernelOf(node, true))], args: [] }
  return [target.define([clear, ...body(claim), ...failed(hasFailed), ...when(hasFailed.get, [rescue])])]
}
