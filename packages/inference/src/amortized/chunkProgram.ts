import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile } from '@variate/compile'
import type { Key, NdArray } from '@variate/core'
import type { ObjectiveParameters, Problem } from '@variate/estimators'
import type { SiteTensors, VariationalContext } from '@variate/families'
import type { ClimbParams } from '../bbvi/climbState.ts'
import { problemOf, structureOf } from '../bbvi/problemOf.ts'
import { guideParams } from '../bbvi/sharedParams.ts'
import { takenOut } from '../bbvi/takenOut.ts'
import { wordsOf } from '../monteCarlo/parts.ts'
import { compileOptions, type Applied } from './applied.ts'
import type { BoundExamples } from './examplesOf.ts'

/** A problem of some examples, and their number. */
export interface ChunkProblem {
  readonly problem: Problem
  readonly parameters: ObjectiveParameters
  /** For q. */
  readonly context: VariationalContext
}

type Tensors = Readonly<Record<string, Tensor>>
type Plain = Readonly<Record<string, NdArray>>

/**
 * A function of some examples at a time, as a compiled program: it is compiled once for each number of examples and of draws.
 *
 * @param f what it gives for one draw of its key; results have the draws along their first axis.
 * @returns a function of examples, a key, a number of draws, and parameters in place of the fit's.
 */
export function chunkProgram(
  applied: Applied,
  f: (of: ChunkProblem, key: Tensor) => Tensors,
): (examples: BoundExamples, key: Key, draws: number, params?: ClimbParams) => Plain {
  const { setting, plate } = applied
  const counted = setting.model.program.declarations.find(
    ({ kind, plates }) => kind === 'observed' && plates[0] === plate,
  )!
  const run = compile(
    (
      key: Tensor,
      parameters: ObjectiveParameters,
      data: SiteTensors,
      present: SiteTensors,
      draws: number,
    ) => {
      const count = data[counted.name]!.shape[0]!
      const structure = structureOf(setting, new Map([[plate, count]]))
      const problem = problemOf(setting, structure, { data, present, rows: {} })
      const params = guideParams(setting.variational, parameters)
      const context = { params, data, sizes: structure.sizes }
      return batch(() => f({ problem, parameters, context }, key), { size: draws })()
    },
    compileOptions(applied),
  ) as unknown as (...args: readonly unknown[]) => unknown
  return ({ values, present }, key, draws, params = applied.params) =>
    takenOut(run(wordsOf(key), params, values, present, draws)) as Plain
}
