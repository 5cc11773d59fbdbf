import type { Tensor } from '@tensorflow/tfjs-core'
import { constant, fill, stopGradient } from '@variate/core/ops'
import { uniformOf, type Node } from '../graph/node.ts'
import type { Batched } from './batched.ts'
import { batchedLoop } from './batchedLoop.ts'
import { customGradient } from './customGradient.ts'
import type { ElementTrace } from './elementTrace.ts'
import { run, type Apply } from './rule.ts'
import { isDraw } from './rules/draw.ts'
import { ruleOf } from './rules/ruleOf.ts'

/**
 * Computes the nodes of a function of one element for all elements, each once, by ops of tensors: a trace that is going on
 * records them, a tape takes their gradients. What depends on no element is computed once for all.
 */
export class Replay {
  readonly trace: ElementTrace
  readonly size: number
  readonly #apply: Apply
  readonly #values: Map<Node, Batched>
  /** The results of loops. */
  readonly #loops = new Map<Node, readonly Tensor[]>()

  /** @param known what some nodes are, besides those that come from outside. */
  constructor(
    trace: ElementTrace,
    size: number,
    apply: Apply,
    known: ReadonlyMap<Node, Batched> = new Map(),
  ) {
    this.trace = trace
    this.size = size
    this.#apply = apply
    this.#values = new Map(known)
  }

  valuesOf(nodes: readonly Node[]): readonly Batched[] {
    for (const node of this.#missing(nodes)) this.#values.set(node, this.#compute(node))
    return nodes.map((node) => this.#known(node)!)
  }

  /** Of the same function, where the values of other nodes are known. */
  from(known: ReadonlyMap<Node, Batched>): Replay {
    return new Replay(this.trace, this.size, this.#apply, known)
  }

  #known(node: Node): Batched | undefined {
    return this.#values.get(node) ?? this.trace.given.get(node)
  }

  /** The nodes that others need and that have no value, inputs before what is computed of them. */
  #missing(nodes: readonly Node[]): readonly Node[] {
    const found = new Set<Node>()
    const stack = [...nodes]
    for (let node = stack.pop(); node; node = stack.pop()) {
      if (found.has(node) || this.#known(node)) continue
      found.add(node)
      stack.push(...node.inputs)
    }
    return [...found].toSorted((a, b) => a.id - b.id)
  }

  #compute(node: Node): Batched {
    const inputs = node.inputs.map((input) => this.#known(input)!)
    const isBatched = inputs.some((x) => x.isBatched)
    const [x] = inputs
    if (node.op === 'constant') return { tensor: constantOf(node), isBatched: false }
    if (node.op === 'loop') {
      const results = batchedLoop(node, inputs, this)
      this.#loops.set(node, results)
      return { tensor: fill([this.size], 0), isBatched: true }
    }
    if (node.op === 'loopResult') {
      return {
        tensor: this.#loops.get(node.inputs[0]!)![node.attributes['index'] as number]!,
        isBatched: true,
      }
    }
    // The gradient by it is taken.
    if (node.op === 'variable') return x!
    if (node.op === 'stopGradient') return { tensor: stopGradient(x!.tensor), isBatched }
    if (node.op === 'customGradient') return customGradient(node, inputs, this)
    if (!isBatched && !isDraw(node)) {
      return {
        tensor: run(
          node,
          inputs.map((input) => input.tensor),
        ),
        isBatched,
      }
    }
    return { tensor: ruleOf(node)(node, inputs, this.size, this.#apply), isBatched: true }
  }
}

function constantOf(node: Node) {
  const { shape, dtype } = node
  const value = uniformOf(node)
  if (value !== undefined) return fill(shape, value, dtype)
  return constant({ shape, data: node.attributes['values'] } as never, dtype)
}
