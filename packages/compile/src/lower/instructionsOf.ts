import type { Constants } from '@variate/core/internal'
import { sizeOf, type Node } from '../graph/node.ts'
import { withSteps } from '../loop/results.ts'
import type { Formula } from '../wasm/inDouble.ts'
import { lanes, type Lanes, type Precision } from '../wasm/lanes.ts'
import { value, type Value } from '../wasm/value.ts'
import { isSmallProduct } from './isSmallProduct.ts'
import { ruleOf } from './elementwise.ts'

/** What an element takes that a function is called for: its arguments, the call, and the way to float64 and back. */
const CALL = 4

/** The instructions of elements, which are counted once for each rule. */
const KNOWN = /* @__PURE__ */ (() => ({
  float32: { l: lanes('float32', false), weights: new Map<Formula, number>() },
  float64: { l: lanes('float64', false), weights: new Map<Formula, number>() },
}))()

/** How many instructions the nodes take when they are written out: close enough to tell whether that is worthwhile. */
export function instructionsOf(nodes: readonly Node[], precision: Precision): number {
  const { l, weights } = KNOWN[precision]
  const weightOf = (op: string, constants: Constants): number => {
    const rule = ruleOf(op, constants)
    if (!rule) return CALL
    const weight = weights.get(rule) ?? weigh(l, rule, constants.length)
    weights.set(rule, weight)
    return weight
  }
  // What only loops read is read by addresses that are computed.
  const read = new Set(nodes.flatMap(({ op, inputs }) => (op === 'loop' ? [] : inputs)))
  return withSteps(nodes).reduce((sum, node) => {
    const { op, inputs, attributes, shape, kernel } = node
    if (op.startsWith('loop') || (op === 'input' && !read.has(node))) return sum
    if (kernel?.elementwise) {
      return sum + sizeOf(shape) * weightOf(op, attributes['constants'] as Constants)
    }
    const isWritten = isSmallProduct(node)
    const terms = isWritten ? 2 * inputs[0]!.shape.at(attributes['transposeA'] ? -2 : -1)! : 1
    return sum + Math.max(sizeOf(shape) * terms, isWritten ? 0 : sizeOf(inputs[0]?.shape ?? []))
  }, 0)
}

/** The instructions of one element, counted. */
function weigh(l: Lanes, rule: Formula, arity: number): number {
  const args = Array.from({ length: arity }, () => value(l.type, [0x20, 0]))
  const found = new Set<Value>()
  const stack = [rule(l, ...args)]
  for (let x = stack.pop(); x; x = stack.pop()) {
    if (found.has(x)) continue
    found.add(x)
    stack.push(...x.args)
  }
  return found.size
}
