import { Tensor, engine as tfjs } from '@tensorflow/tfjs-core'
import { ShapeError, UnsupportedError } from '@variate/core'
import type { AsyncProgram } from '../engine/asyncProgramFor.ts'
import { asyncProgramFor } from '../engine/asyncProgramFor.ts'
import type { Settings } from '../graph/settings.ts'
import { currentTrace, type InputSpec } from '../trace/trace.ts'
import type { Precision } from '../wasm/lanes.ts'
import { dataOf, handedOut, specOf } from './arrays.ts'
import type { Returned } from './compile.ts'
import type { Explanation } from './explain.ts'
import type { ProgramOptions } from './programOptions.ts'
import { keyOf, recordedCall } from './recordedCall.ts'
import { traceable } from './tracedCall.ts'
import { takeApart, type Given, type Structure } from './structure.ts'

export interface AsyncCompileOptions<Of extends Precision = 'float32'> extends ProgramOptions<Of> {
  /** `onnx` hands the program to ONNX Runtime; `auto` estimates what engines take for all calls, and picks. */
  readonly engine: 'onnx' | 'auto'
  /** How many calls there will be, about, of each program, for `auto`: to be made ready takes ONNX Runtime longer. 1000 if not given. */
  readonly calls?: number
  /** For how many combinations of shapes and static arguments programs are kept; 16 if not given; the least recently used goes first. */
  readonly cacheSize?: number
}

/** A compiled function whose calls are promises, for another library may run them. */
export interface AsyncCompiled<Args extends readonly unknown[], Result, Of extends Precision> {
  (...args: { [Index in keyof Args]: Given<Args[Index]> }): Promise<Returned<Result, Of>>
  /** What the last call that was answered ran. */
  explain(): Explanation
  /** Lets go of its programs, and of the memory that ONNX Runtime has for them. A later call makes them anew. */
  dispose(): Promise<void>
  /** `dispose`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>
}

interface Entry {
  readonly program: Promise<AsyncProgram>
  readonly outputs: readonly InputSpec[]
  readonly result: Structure
}

type Options = AsyncCompileOptions<Precision> & { readonly cacheSize: number }

/** A function as programs whose calls are promises, as `compile` has it. */
export function compileAsync(
  f: (...args: readonly unknown[]) => unknown,
  options: Options,
  settings: Settings,
): AsyncCompiled<readonly unknown[], unknown, Precision> {
  const { cacheSize } = options
  const { precision } = settings
  const entries = new Map<string, Entry>()
  let last: Explanation | undefined
  const release = async ({ program }: Entry): Promise<void> => {
    const made = await program.catch(() => undefined)
    await made?.dispose()
  }
  const entryFor = (given: Structure, specs: readonly InputSpec[]): Entry => {
    const key = keyOf(given, specs)
    const known = entries.get(key)
    entries.delete(key)
    const entry = known ?? entryOf(given, specs)
    // It goes to the end, the least recently used is the first.
    entries.set(key, entry)
    if (!known) {
      // What could not be made is tried again.
      entry.program.catch(() => entries.get(key) === entry && entries.delete(key))
    }
    if (entries.size > cacheSize) {
      const [oldest, gone] = entries.entries().next().value!
      entries.delete(oldest)
      void release(gone)
    }
    return entry
  }
  const entryOf = (given: Structure, specs: readonly InputSpec[]): Entry => {
    const { traced, result } = recordedCall(f, given, specs, settings)
    const outputs = traced.outputs.map(({ shape, dtype }) => ({ shape, dtype }))
    return { program: asyncProgramFor(traced, options), outputs, result }
  }
  const answered = async (given: Structure): Promise<unknown> => {
    const entry = entryFor(given, given.leaves.map(specOf))
    // Others may write to arrays meanwhile.
    const data = given.leaves.map((x) => (x instanceof Tensor ? dataOf(x) : dataOf(x).slice()))
    const program = await entry.program
    const results = await program.run(data)
    last = program.explanation
    return entry.result.rebuild(results.map((x, i) => handedOut(x, entry.outputs[i]!, precision)))
  }
  const call = (...args: readonly unknown[]): Promise<unknown> => {
    if (currentTrace() || tfjs().isTapeOn()) throw notAPart(options.engine)
    // What is wrong with arguments is told of by the promise, too.
    return new Promise((resolve) => resolve(answered(takeApart(args, 'an argument'))))
  }
  const dispose = async (): Promise<void> => {
    const all = [...entries.values()]
    entries.clear()
    await Promise.all(all.map(release))
  }
  const compiled = Object.assign(call, {
    explain: (): Explanation => {
      if (!last) throw new ShapeError('compile: explain() tells of the last call, and none was answered')
      return last
    },
    dispose,
    [Symbol.asyncDispose]: dispose,
  })
  traceable(compiled, (args) => {
    const given = takeApart(args, 'an argument')
    return recordedCall(f, given, given.leaves.map(specOf), settings)
  })
  return compiled
}

function notAPart(engine: string): UnsupportedError {
  return new UnsupportedError(
    `compile: a function that was compiled with engine '${engine}' is called in one that is traced or differentiated, and gives a ` +
      'promise: call the function that it was made of',
  )
}
