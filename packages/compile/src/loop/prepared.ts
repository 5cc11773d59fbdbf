import { Tensor } from '@tensorflow/tfjs-core'
import { ShapeError, UnsupportedError, type NumericArray } from '@variate/core'
import { dataOf, handedOut, specOf } from '../compiled/arrays.ts'
import { settingsOf } from '../compiled/programOptions.ts'
import type { Structure } from '../compiled/structure.ts'
import { loopFor } from '../engine/loopFor.ts'
import { currentTrace, trace, type InputSpec } from '../trace/trace.ts'
import type { Precision } from '../wasm/lanes.ts'
import { rowsOf } from './goThrough.ts'
import type { Data, LoopProgram } from './loopProgram.ts'
import { partsOf, type AnyStep } from './options.ts'
import { recordLoop, type Recorded } from './recordLoop.ts'
import type { AnyRunOptions } from './runOptions.ts'

/** A loop, what it takes, and what it gives in the structure that it has. */
export interface Prepared {
  /** A promise where another library is loaded for it. */
  readonly program: LoopProgram | Promise<LoopProgram>
  /** Copied only where `program` is a promise, and others may write to them meanwhile. */
  readonly inputs: readonly NumericArray[]
  /**
   * The same of another state and other data.
   *
   * @throws ShapeError for what is of other shapes or types.
   */
  inputsOf(given: Pick<AnyRunOptions, 'state' | 'inputs' | 'each'>): readonly NumericArray[]
  /** The state's parts: where they stand, and their shapes and types. */
  readonly paths: readonly string[]
  readonly specs: readonly InputSpec[]
  /** Which of the outputs ends it. */
  readonly until: number | undefined
  state(data: readonly Data[], precision: Precision): unknown
  /** What was collected in steps from one on to before another, by its rows. */
  outputs(from: number, to: number, rows: readonly Data[], precision: Precision): unknown
}

/** One whose program is there. */
export interface Ready extends Prepared {
  readonly program: LoopProgram
}

/**
 * Traces and compiles a loop.
 *
 * @throws UnsupportedError while a function is traced; ShapeError where there is neither a state nor an output, and for an output
 *   that ends it which is none, or no scalar.
 */
export function prepared(step: AnyStep, options: AnyRunOptions): Prepared {
  if (currentTrace()) {
    throw new UnsupportedError('runLoop: it runs by itself, and a function is traced: use loop there')
  }
  const parts = partsOf([options.state, options.inputs, options.each], 'options')
  let recorded: Recorded | undefined
  const traced = trace(
    parts.leaves.map(specOf),
    (tensors, backend) => {
      const [state, inputs, each] = parts.rebuild(tensors) as readonly unknown[]
      recorded = recordLoop(backend, step, { ...options, state, inputs, each }, 'runLoop')
      return recorded.results.map((node) => backend.tensorOf(node))
    },
    settingsOf(options, 'runLoop', 'auto'),
  )
  const { state, outputs } = recorded!
  if (traced.outputs.length === 0)
    throw new ShapeError('runLoop: there must be a tensor in the state or among the outputs, got none')
  const specs = traced.outputs.map(({ shape, dtype }) => ({ shape, dtype }))
  const count = state.leaves.length
  const collected = specs.slice(count)
  const rebuilt = (of: Structure, data: readonly Data[], own: readonly InputSpec[], as: Precision): unknown =>
    of.rebuild(data.map((x, i) => handedOut(x, own[i]!, as)))
  const until = options.until === undefined ? undefined : endOf(outputs, collected, options.until)
  const data = parts.leaves.map(dataOf)
  // What fails here fails before a promise is made, which nobody would wait for.
  const program = loopFor(traced, options)
  return {
    program,
    inputs: data.map((x, i) =>
      program instanceof Promise && !(parts.leaves[i] instanceof Tensor) ? x.slice() : x,
    ),
    inputsOf: (given) => {
      const others = partsOf([given.state, given.inputs, given.each], 'options')
      checkLike(parts, others)
      return others.leaves.map(dataOf)
    },
    paths: state.paths,
    specs: specs.slice(0, count),
    until,
    state: (data, as) => rebuilt(state, data, specs, as),
    outputs: (from, to, rows, as) => {
      const [start, end] = rowsOf(options.collect?.every ?? 1, from, to)
      const own = collected.map(({ shape, dtype }) => ({ shape: shape.with(0, end - start), dtype }))
      return rebuilt(outputs, rows, own, as)
    },
  }
}

/** @throws ShapeError for parts of another structure, shape or type than those that a loop was prepared with. */
function checkLike(parts: Structure, others: Structure): void {
  if (parts.key !== others.key)
    throw new ShapeError(
      `prepareLoop: it was prepared for ${parts.paths.map(placeOf).join(', ')}, got ${others.paths.map(placeOf).join(', ')}`,
    )
  for (const [i, leaf] of parts.leaves.entries()) {
    const [expected, got] = [specOf(leaf), specOf(others.leaves[i]!)]
    if (String(got.shape) === String(expected.shape) && got.dtype === expected.dtype) continue
    const [is, like] = [got, expected].map(({ shape, dtype }) =>
      got.dtype === expected.dtype ? `[${shape}]` : `[${shape}] of ${dtype}`,
    )
    throw new ShapeError(`prepareLoop: ${placeOf(parts.paths[i]!)} has shape ${is}, expected ${like}`)
  }
}

/** Where a part of the options stands, by its name there. */
function placeOf(path: string): string {
  const [, at, rest] = /^options\[(\d)\](.*)$/.exec(path)!
  return `${['state', 'inputs', 'each'][Number(at)]}${rest}`
}

/** Which output has a name: a scalar of each step. */
function endOf({ paths }: Structure, collected: readonly InputSpec[], name: string): number {
  const path = `outputs.${name}`
  const at = paths.indexOf(path)
  if (at < 0) throw new ShapeError(`runLoop: until is "${name}", expected one of ${paths.join(', ')}`)
  const shape = collected[at]!.shape.slice(1)
  if (shape.length === 0) return at
  throw new ShapeError(
    `runLoop: until is "${name}", and ${path} of a step has shape [${shape}], expected a scalar`,
  )
}
