import { engine as tfjs, Tensor } from '@tensorflow/tfjs-core'
import { DomainError, ShapeError, UnsupportedError, type NdArray } from '@variate/core'
import { toBytes } from '../bytes/toBytes.ts'
import { programFor, type SyncEngine } from '../engine/programFor.ts'
import type { Program } from '../engine/program.ts'
import { ONE } from '../engine/threads/threadsFor.ts'
import { currentTrace, type InputSpec } from '../trace/trace.ts'
import type { Precision } from '../wasm/lanes.ts'
import { dataOf, handedOut, specOf, toTensor } from './arrays.ts'
import type { Explanation } from './explain.ts'
import { compileAsync, type AsyncCompiled, type AsyncCompileOptions } from './compileAsync.ts'
import { settingsOf, type ProgramOptions } from './programOptions.ts'
import { applied, keyOf, recordedCall } from './recordedCall.ts'
import { traceable } from './tracedCall.ts'
import { takeApart, type Given, type Structure } from './structure.ts'

export interface CompileOptions<Of extends Precision = 'float32'> extends ProgramOptions<Of> {
  /** `wasm` compiles, `eager` runs what was recorded on the backend that is set; wasm wherever it can be if not given. */
  readonly engine?: SyncEngine
  /** For how many combinations of shapes and static arguments programs are kept; 16 if not given; the least recently used goes first. */
  readonly cacheSize?: number
}

/** What a compiled function returns for `T`: plain data in float64, which no tensor holds, else tensors. */
export type Returned<T, Of extends Precision> = T extends Tensor
  ? Of extends 'float64'
    ? NdArray<Float64Array | Int32Array | Uint8Array>
    : Tensor
  : T extends object
    ? { readonly [Name in keyof T]: Returned<T[Name], Of> }
    : T

export interface Compiled<Args extends readonly unknown[], Result, Of extends Precision> {
  (...args: { [Index in keyof Args]: Given<Args[Index]> }): Returned<Result, Of>
  /** What the last call ran, of those that were not part of something else. */
  explain(): Explanation
  /**
   * The program that a call with these arguments runs, as plain data for `fromBytes`: of arrays and tensors only shapes and
   * types matter. What the function captures is in it.
   *
   * @param args as for a call.
   * @throws UnsupportedError for a program that runs on TensorFlow.js, or calls JavaScript (`explain().called`), and as a call.
   *
   * @example
   * ```ts
   * import * as tf from '@tensorflow/tfjs-core'
   * import { compile, fromBytes } from '@variate/compile'
   *
   * const scaled = compile((x: tf.Tensor, by: number) => tf.mul(x, by), { precision: 'float64' })
   * const bytes = scaled.toBytes(new Float64Array(3), 10)
   * const restored = fromBytes<typeof scaled>(bytes)
   * restored(Float64Array.of(1, 2, 3), 10).data // => [10, 20, 30]
   * restored(Float64Array.of(1, 2, 3), 5) // => throws 'made for 10 as argument[1], got 5'
   * ```
   */
  toBytes(...args: { [Index in keyof Args]: Given<Args[Index]> }): Uint8Array<ArrayBuffer>
}

interface Entry {
  readonly program: Program
  readonly outputs: readonly InputSpec[]
  readonly result: Structure
}

/**
 * A function of tensors as one program: it is traced once for each combination of shapes and static arguments, its
 * operations are simplified, and the whole runs as WebAssembly. Called while another function is traced it becomes part of
 * that one; called where TensorFlow.js takes a gradient it runs as it stands, so that the gradient passes through it.
 *
 * With `engine: 'onnx'`, or `'auto'`, which picks an engine for each program, a call returns a promise of what it else returns: ONNX
 * Runtime, a library of large matrix work, is loaded when it is first needed.
 *
 * @param f of tensors, or records and tuples of them, and numbers, texts and truth values, which are constants of a program.
 * @param options the engine, the precision, and how exact and how simple programs are.
 * @throws DomainError for a cacheSize or calls below 1, for engines and passes that there are not, for both `fastMath` and `reproducible`, and
 *   for no number of threads; at a call UnsupportedError for what cannot be traced, and in float64, whose results are no tensors,
 *   for a call that would be part of something else; with `reproducible` also for operations that JavaScript is called for,
 *   and where TensorFlow.js takes a gradient. With `engine: 'onnx'` promises are rejected with an UnsupportedError where there
 *   is no ONNX Runtime, or it has not the memory, and with a DomainError for an index out of bounds; a call that is part of something else throws it.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import type { Tensor } from '@tensorflow/tfjs-core'
 * import { compile } from '@variate/compile'
 * import { div, sum } from '@variate/core/ops'
 *
 * const shares = compile((x: Tensor) => div(x, sum(x)), { precision: 'float64' })
 * shares(Float64Array.of(1, 3, 4)).data // => [0.125, 0.375, 0.5]
 * shares.explain().engine // => 'wasm'
 * ```
 */
export function compile<Args extends readonly unknown[], Result, Of extends Precision = 'float32'>(
  f: (...args: Args) => Result,
  options?: CompileOptions<Of>,
): Compiled<Args, Result, Of>
export function compile<Args extends readonly unknown[], Result, Of extends Precision = 'float32'>(
  f: (...args: Args) => Result,
  options: AsyncCompileOptions<Of>,
): AsyncCompiled<Args, Result, Of>
export function compile<Args extends readonly unknown[], Result, Of extends Precision>(
  f: (...args: Args) => Result,
  options: CompileOptions<Of> | AsyncCompileOptions<Of> = {},
): unknown {
  const { precision = 'float32', cacheSize = 16 } = options
  const settings = settingsOf(options, 'compile')
  const { reproducible } = settings
  if (!Number.isInteger(cacheSize) || cacheSize < 1) {
    throw new DomainError(`compile: cacheSize must be a whole number ≥ 1, got ${String(cacheSize)}`)
  }
  const { engine = 'auto' } = options
  const { calls } = options as AsyncCompileOptions<Of>
  if (calls !== undefined && !(calls >= 1))
    throw new DomainError(`compile: calls must be a number ≥ 1, got ${String(calls)}`)
  if (engine === 'onnx' || (engine === 'auto' && options.engine)) {
    return compileAsync(f as never, { ...options, engine, cacheSize }, settings) as never
  }
  const entries = new Map<string, Entry>()
  let last: Entry | undefined
  const entryFor = (given: Structure, specs: readonly InputSpec[]): Entry => {
    const key = keyOf(given, specs)
    const known = entries.get(key)
    if (known) {
      // It goes to the end, the least recently used is the first.
      entries.delete(key)
      entries.set(key, known)
      return known
    }
    const { traced, result } = recordedCall(f as never, given, specs, settings)
    const outputs = traced.outputs.map(({ shape, dtype }) => ({ shape, dtype }))
    const entry = { program: programFor(traced, engine), outputs, result }
    entries.set(key, entry)
    if (entries.size > cacheSize) entries.delete(entries.keys().next().value!)
    return entry
  }
  const call = (...args: readonly unknown[]): unknown => {
    const given = takeApart(args, 'an argument')
    const isTraced = currentTrace() !== undefined
    if (isTraced || tfjs().isTapeOn()) {
      // In another program it is the other's options that count.
      if (precision === 'float32' && (isTraced || !reproducible)) {
        const result = applied(f as never, given.leaves.map(toTensor), given)
        return result.rebuild(result.leaves)
      }
      if (isTraced || given.leaves.some((x) => x instanceof Tensor)) throw notAPart(precision)
    }
    const specs = given.leaves.map(specOf)
    const entry = (last = entryFor(given, specs))
    const results = entry.program.run(given.leaves.map(dataOf))
    return entry.result.rebuild(results.map((data, i) => handedOut(data, entry.outputs[i]!, precision)))
  }
  const compiled = Object.assign(call, {
    explain: () => {
      if (!last) throw new ShapeError('compile: explain() tells of the last call, and there was none')
      return last.program.explanation
    },
    toBytes: (...args: readonly unknown[]) => {
      const given = takeApart(args, 'an argument')
      const specs = given.leaves.map(specOf)
      // Bytes are for any machine, also for one without threads.
      if (settings.threads.count === 1) {
        const { program, result } = entryFor(given, specs)
        return toBytes(program, given.tree, result.tree)
      }
      const own = { ...settings, threads: ONE }
      const { traced, result } = recordedCall(f as never, given, specs, own)
      return toBytes(programFor(traced, engine), given.tree, result.tree)
    },
  })
  traceable(compiled, (args) => {
    const given = takeApart(args, 'an argument')
    return recordedCall(f as never, given, given.leaves.map(specOf), settings)
  })
  return compiled
}

function notAPart(precision: Precision): UnsupportedError {
  return new UnsupportedError(
    precision === 'float64'
      ? 'compile: a float64 program is called in a function that is traced or differentiated, where its results, which are no ' +
          'tensors, would be constants: call the function that it was made of, or pass plain data outside of a trace'
      : 'compile: a reproducible program is called where TensorFlow.js takes a gradient, whose operations are not: compile ' +
          'the gradient',
  )
}
