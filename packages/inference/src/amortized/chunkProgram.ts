import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile } from '@variate/compile'
import { NdArray, type Key } from '@variate/core'
import { constant } from '@variate/core/ops'
import type { ObjectiveParameters, Problem } from '@variate/estimators'
import type { SiteTensors, VariationalContext } from '@variate/families'
import type { ClimbParams } from '../bbvi/climbState.ts'
import { problemOf, structureOf } from '../bbvi/problemOf.ts'
import { guideParams } from '../bbvi/sharedParams.ts'
import { takenOut } from '../bbvi/takenOut.ts'
import { wordsOf } from '../monteCarlo/parts.ts'
import { awaitedOptions, compileOptions, type Applied } from './applied.ts'
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

/** @param params in place of the fit's, which are constants of the program. */
export type ChunkRun = (
  examples: BoundExamples,
  key: Key,
  draws: number,
  params?: ClimbParams,
) => Promise<Plain>

type Tell = (of: ChunkProblem, key: Tensor) => Tensors

/**
 * A function of some examples at a time, as a compiled program: it is compiled once for each number of examples and of draws.
 *
 * @param f what it gives for one draw of its key; results have the draws along their first axis.
 * @returns that for about so many calls, by which an engine is chosen: the same as before where it is asked for with their last number.
 */
export function chunkProgram(applied: Applied, f: Tell): (calls: number) => ChunkRun {
  const whole = wholeOf(applied, f, () => constantsOf(applied.params) as ObjectiveParameters)
  const made = (calls: number): ChunkRun => {
    const options = awaitedOptions(applied, calls)
    const run = (options
      ? compile(whole as never, options)
      : compile(whole as never, compileOptions(applied))) as unknown as (
      ...args: readonly unknown[]
    ) => unknown
    return async ({ values, present }, key, draws, params) =>
      takenOut(await run(wordsOf(key), params ?? null, values, present, draws)) as Plain
  }
  let last: { readonly calls: number; readonly run: ChunkRun } | undefined
  return (calls) => (last = last?.calls === calls ? last : { calls, run: made(calls) }).run
}

/** The same, which answers at once, of parameters that it is given. */
export function chunkProgramAtOnce(
  applied: Omit<Applied, 'params'>,
  f: Tell,
): (examples: BoundExamples, key: Key, draws: number, params: ClimbParams) => Plain {
  const whole = wholeOf(applied, f)
  const run = compile(whole as never, compileOptions(applied)) as unknown as (
    ...args: readonly unknown[]
  ) => unknown
  return ({ values, present }, key, draws, params) =>
    takenOut(run(wordsOf(key), params, values, present, draws)) as Plain
}

function wholeOf({ setting, plate }: Omit<Applied, 'params'>, f: Tell, own?: () => ObjectiveParameters) {
  const counted = setting.model.program.declarations.find(
    ({ kind, plates }) => kind === 'observed' && plates[0] === plate,
  )!
  return (
    key: Tensor,
    given: ObjectiveParameters | null,
    data: SiteTensors,
    present: SiteTensors,
    draws: number,
  ): Tensors => {
    const parameters = given ?? own!()
    const count = data[counted.name]!.shape[0]!
    const structure = structureOf(setting, new Map([[plate, count]]))
    const problem = problemOf(setting, structure, { data, present, rows: {} })
    const params = guideParams(setting.variational, parameters)
    const context = { params, data, sizes: structure.sizes }
    return batch(() => f({ problem, parameters, context }, key), { size: draws })()
  }
}

/** As a program has them that knows them: they are neither copied nor packed anew for each call. */
function constantsOf(params: unknown): unknown {
  if (params instanceof NdArray) return constant(params as never)
  if (Array.isArray(params)) return params.map(constantsOf)
  return Object.fromEntries(Object.entries(params as object).map(([name, own]) => [name, constantsOf(own)]))
}
