import { canonical } from '../engine/canonical.ts'
import { viewOf, type Instance } from '../engine/instantiate.ts'
import type { Place } from '../engine/moduleData.ts'
import { sizeOf } from '../graph/node.ts'
import type { Data, LoopData, LoopRunner } from './loopProgram.ts'

/** The loop that its data says, as it is run. */
export function loopRunner(data: LoopData, { functions, memory }: Instance): LoopRunner {
  const { precision, reproducible } = data.module
  const views = (places: readonly Place[]): readonly Data[] =>
    places.map((place) => viewOf(memory, precision, place))
  const [given, state, collected] = [views(data.inputs), views(data.state), views(data.collected)]
  const sizes = data.collected.map(({ shape }) => sizeOf(shape.slice(1)))
  const taken = (view: Data, from?: number, to?: number): Data => {
    const own = view.slice(from, to)
    return reproducible ? canonical(own) : own
  }
  return {
    begin: (inputs) => {
      for (const [i, x] of inputs.entries()) given[i]!.set(x)
      functions['begin']!()
    },
    run: (from, to) => functions['run']!(from, to),
    state: () => state.map((view) => taken(view)),
    restore: (own) => {
      for (const [i, x] of own.entries()) state[i]!.set(x)
    },
    rows: (from, to) => collected.map((view, i) => taken(view, from * sizes[i]!, to * sizes[i]!)),
    dispose: () => {},
  }
}
