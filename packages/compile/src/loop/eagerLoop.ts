import {
  keep,
  reshape,
  scalar,
  slice,
  stack,
  tensor,
  tidy,
  zeros,
  type DataType,
  type Tensor,
} from '@tensorflow/tfjs-core'
import type { Node } from '../graph/node.ts'
import type { Loop } from './loopNode.ts'

/** Computes nodes into what is known. */
type Evaluate = (nodes: readonly Node[], known: Map<Node, Tensor>) => void

/** The results of a loop, operation by operation on the backend that is set. */
export function eagerLoop(loop: Loop, inputs: readonly Tensor[], evaluate: Evaluate): readonly Tensor[] {
  const steps = new EagerSteps(loop, inputs, evaluate)
  try {
    steps.run(0, loop.count)
    return [...steps.state.map((x) => x.clone()), ...steps.outputs()]
  } finally {
    steps.dispose()
  }
}

/** The steps of a loop, which can be gone in parts. What they carry is theirs, in no scope, until they are disposed. */
export class EagerSteps {
  readonly #loop: Loop
  readonly #evaluate: Evaluate
  readonly #sliced: readonly Tensor[]
  readonly #captured: ReadonlyMap<Node, Tensor>
  readonly #constants: ReadonlyMap<Node, Tensor>
  readonly #rows: Tensor[][]
  #state: readonly Tensor[]

  /** @param inputs of the loop's node, which are kept in use. */
  constructor(loop: Loop, inputs: readonly Tensor[], evaluate: Evaluate) {
    const { carried, slices, captures, outputs, nodes } = loop
    const end = carried.length + slices.length
    this.#loop = loop
    this.#evaluate = evaluate
    this.#sliced = inputs.slice(carried.length, end)
    this.#captured = new Map(captures.map((node, i) => [node, inputs[end + i]!]))
    this.#rows = outputs.map(() => [])
    const constants = new Map<Node, Tensor>()
    evaluate(
      nodes.filter(({ op }) => op === 'constant'),
      constants,
    )
    for (const x of constants.values()) keep(x)
    this.#constants = constants
    this.#state = carried.map((_, i) => keep(inputs[i]!.clone()))
  }

  get state(): readonly Tensor[] {
    return this.#state
  }

  /** Begins again with another state. */
  set state(state: readonly Tensor[]) {
    for (const x of this.#state) x.dispose()
    this.#state = state.map((x) => keep(x.clone()))
  }

  run(from: number, to: number): void {
    for (let turn = from; turn < to; turn++) this.#step(turn)
  }

  #step(turn: number): void {
    const { nodes, nexts, outputs, isReverse, count } = this.#loop
    const step = isReverse ? count - 1 - turn : turn
    let state: readonly Tensor[] = []
    tidy(() => {
      const known = this.#given(step)
      this.#evaluate(nodes, known)
      state = nexts.map((node) => keep(known.get(node)!.clone()))
      for (const [i, { node, every }] of outputs.entries()) {
        if ((step + 1) % every !== 0) continue
        const rows = this.#rows[i]!
        const row = Math.floor(step / every)
        rows[row]?.dispose()
        rows[row] = keep(known.get(node)!.clone())
      }
    })
    for (const x of this.#state) x.dispose()
    this.#state = state
  }

  /** What a step reads. */
  #given(step: number): Map<Node, Tensor> {
    const { index, carried, slices } = this.#loop
    const known = new Map([...this.#constants, ...this.#captured]).set(index, scalar(step, 'int32'))
    for (const [i, { input }] of carried.entries()) known.set(input, this.#state[i]!)
    for (const [i, { input, every }] of slices.entries()) {
      const shape = [...input.shape]
      const begin = [Math.floor(step / every), ...shape.map(() => 0)]
      const isRow = (step + 1) % every === 0
      const row = isRow && reshape(slice(this.#sliced[i]!, begin, [1, ...shape]), shape)
      known.set(input, row || zeros(shape, input.dtype as DataType))
    }
    return known
  }

  /** What was collected, from one row on to before another. */
  outputs(from = 0, to?: number): readonly Tensor[] {
    const { outputs } = this.#loop
    return this.#rows.map((all, i) => {
      const { shape, dtype } = outputs[i]!.node
      const rows = all.slice(from, to)
      return rows.length > 0 ? stack(rows) : tensor([], [0, ...shape], dtype as DataType)
    })
  }

  dispose(): void {
    for (const x of [...this.#state, ...this.#rows.flat(), ...this.#constants.values()]) x.dispose()
  }
}
