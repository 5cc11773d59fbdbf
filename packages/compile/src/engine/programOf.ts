import { canonical } from './canonical.ts'
import { viewOf, type Instance } from './instantiate.ts'
import type { ProgramData } from './moduleData.ts'
import type { Program } from './program.ts'

/** The program that its data says, as it is called. */
export function programOf(data: ProgramData, { functions, memory }: Instance): Program {
  const { module, explanation } = data
  const given = data.inputs.map((place) => viewOf(memory, module.precision, place))
  const results = data.outputs.map((place) => viewOf(memory, module.precision, place))
  return {
    data,
    explanation,
    run: (inputs) => {
      for (const [i, x] of inputs.entries()) given[i]!.set(x)
      functions['run']!()
      return results.map((view) => (module.reproducible ? canonical(view.slice()) : view.slice()))
    },
  }
}
