import { each } from '../each.ts'
import type { Rule, Step } from '../rule.ts'
import { CONVOLUTION } from './convolution.ts'
import { draw, isDraw } from './draw.ts'
import { INDEXING } from './indexing.ts'
import { elementwise, LEADING } from './leading.ts'
import { MOVEMENT } from './movement.ts'
import { product } from './product.ts'
import { REDUCTIONS } from './reductions.ts'

const RULES: Readonly<Record<string, Rule>> = {
  ...CONVOLUTION,
  ...INDEXING,
  ...LEADING,
  ...MOVEMENT,
  ...REDUCTIONS,
  matMul: product,
}

/** How a node is computed for all elements; one after the other, if there is no better way. */
export function ruleOf(node: Step): Rule {
  if (node.kernel?.elementwise) return elementwise
  return RULES[node.op] ?? (isDraw(node) ? draw : each)
}
