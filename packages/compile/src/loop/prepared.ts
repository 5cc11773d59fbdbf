import { ShapeError, UnsupportedError } from '@variate/core'
import { dataOf, handedOut, specOf } from '../compiled/arrays.ts'
import { settingsOf } from '../compiled/programOptions.ts'
import type { Structure } from '../compiled/structure.ts'
import { loopProgramFor } from '../engine/programFor.ts'
import { currentTrace, trace, type InputSpec } from '../trace/trace.ts'
import type { Precision } from '../wasm/lanes.ts'
import type { Data, LoopProgram } from './loopProgram.ts'
import { partsOf, type AnyStep } from './options.ts'
import { recordLoop, type Recorded } from './recordLoop.ts'
import type { AnyRunOptions } from './runOptions.ts'

/** A loop that stands before its first step, and what it gives in the structure that it has. */
export interface Prepared {
  readonly program: LoopProgram
  /** The state's parts: where they stand, and their shapes and types. */
  readonly paths: readonly string[]
  readonly specs: readonly InputSpec[]
  state(data: readonly Data[], precision: Precision): unknown
  /** What was collected in steps from one on to before another. */
  outputs(from: number, to: number, precision: Precision): unknown
}

/**
 * Traces and compiles a loop, and computes what comes before its steps.
 *
 * @throws UnsupportedError while a function is traced; ShapeError where there is neither a state nor an output.
 */
export function prepared(step: AnyStep, options: AnyRunOptions): Prepared {
  if (currentTrace()) {
    throw new UnsupportedError('runLoop: it runs by itself, and a function is traced: use loop there')
  }
  const { engine = 'auto' } = options
  const parts = partsOf([options.state, options.inputs, options.each], 'options')
  let recorded: Recorded | undefined
  const traced = trace(
    parts.leaves.map(specOf),
    (tensors, backend) => {
      const [state, inputs, each] = parts.rebuild(tensors) as readonly unknown[]
      recorded = recordLoop(backend, step, { ...options, state, inputs, each }, 'runLoop')
      return recorded.results.map((node) => backend.tensorOf(node))
    },
    settingsOf(options, 'runLoop'),
  )
  const { state, outputs } = recorded!
  if (traced.outputs.length === 0)
    throw new ShapeError('runLoop: there must be a tensor in the state or among the outputs, got none')
  const program = loopProgramFor(traced, engine)
  program.begin(parts.leaves.map(dataOf))
  const specs = traced.outputs.map(({ shape, dtype }) => ({ shape, dtype }))
  const count = state.leaves.length
  const every = options.collect?.every ?? 1
  const collected = specs.slice(count)
  const rebuilt = (of: Structure, data: readonly Data[], own: readonly InputSpec[], as: Precision): unknown =>
    of.rebuild(data.map((x, i) => handedOut(x, own[i]!, as)))
  return {
    program,
    paths: state.paths,
    specs: specs.slice(0, count),
    state: (data, as) => rebuilt(state, data, specs, as),
    outputs: (from, to, as) => {
      const [start, end] = [from, to].map((at) => Math.floor(at / every)) as [number, number]
      const own = collected.map(({ shape, dtype }) => ({ shape: shape.with(0, end - start), dtype }))
      return rebuilt(outputs, program.rows(start, end), own, as)
    },
  }
}
