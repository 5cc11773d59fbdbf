import { needed } from '../engine/needed.ts'
import { wasmProgram } from '../engine/wasmProgram.ts'
import type { Node } from '../graph/node.ts'
import type { Settled } from '../loop/settled.ts'
import { given, typeIn } from './dataOf.ts'
import type { OnnxData } from './runtime.ts'

/** What a loop takes, by the arrays that its program is given: these as they are, and what is computed of them. */
export function takenBy(
  node: Node,
  { graph, inputs }: Settled,
): (arrays: readonly ArrayLike<number>[]) => readonly OnnxData[] {
  const isGiven = new Set(inputs)
  const computed = [...new Set(node.inputs)].filter((x) => !isGiven.has(x))
  const program =
    computed.length > 0 &&
    wasmProgram({ graph, inputs, outputs: computed, nodes: needed(computed) }, 'before the steps')
  return (arrays) => {
    const results = program ? program.run(arrays) : []
    return node.inputs.map((x) => {
      const place = inputs.indexOf(x)
      const data = place < 0 ? results[computed.indexOf(x)]! : arrays[place]!
      return given(typeIn(x.dtype, graph.precision), data)
    })
  }
}
