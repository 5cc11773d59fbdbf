import { Declaring } from './declaring.ts'
import { describe } from './describe.ts'
import { logJointOf, logProbsOf } from './evaluation.ts'
import { graphOf, type ModelGraph } from './graph/graph.ts'
import type { MinibatchOptions } from './minibatchOptions.ts'
import { sampleOf, type AnyOptions } from './sampling.ts'

type Given = Readonly<Record<string, unknown>>

/** What models and guides have in common: they are declared, evaluated, drawn from and looked at. */
export abstract class Evaluated extends Declaring {
  async logJoint(values: Given, options?: MinibatchOptions): Promise<number> {
    return logJointOf(this.program, values, options)
  }

  async logProb(values: Given): Promise<unknown> {
    return logProbsOf(this.program, values)
  }

  async sample(options: AnyOptions): Promise<unknown> {
    return sampleOf(this.program, options)
  }

  graph(options?: Parameters<typeof graphOf>[1]): ModelGraph {
    return graphOf(this.program, options)
  }

  describe(options?: Parameters<typeof graphOf>[1]): string {
    return describe(this.program, options)
  }
}
