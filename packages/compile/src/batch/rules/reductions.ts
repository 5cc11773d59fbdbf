import type { Shape } from '../../graph/node.ts'
import { run, type Rule } from '../rule.ts'

const along =
  (attribute: string): Rule =>
  (node, [x]) => {
    const axes = node.attributes[attribute] as number | Shape
    const moved = typeof axes === 'number' ? axes + 1 : axes.map((axis) => axis + 1)
    return run(node, [x!.tensor], { ...node.attributes, [attribute]: moved })
  }

/** Kernels that combine the elements along axes, which are one further to the right. */
export const REDUCTIONS: Readonly<Record<string, Rule>> = {
  cumsum: along('axis'),
  logSumExp: along('axis'),
  max: along('reductionIndices'),
  sum: along('axis'),
}
