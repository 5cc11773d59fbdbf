import { engine as tfjs, Tensor } from '@tensorflow/tfjs-core'
import { ShapeError, UnsupportedError, type NdArray } from '@variate/core'
import { sameShape } from '@variate/core/internal'
import { dataOf, handedOut, plain, specOf } from '../compiled/arrays.ts'
import type { Explanation } from '../compiled/explain.ts'
import { rebuild, type Arrays } from '../compiled/structure.ts'
import { instantiate } from '../engine/instantiate.ts'
import type { Place, ProgramData } from '../engine/moduleData.ts'
import { programOf } from '../engine/programOf.ts'
import type { Program } from '../engine/program.ts'
import { decodeProgram } from './decodeProgram.ts'
import { leavesOf } from './leavesOf.ts'
import { rescue } from './rescue.ts'

/** Plain data for each tensor of what a function returns. */
export type PlainResult<T> = T extends Tensor
  ? NdArray<Float32Array | Float64Array | Int32Array | Uint8Array>
  : T extends NdArray
    ? T
    : T extends object
      ? { readonly [Name in keyof T]: PlainResult<T[Name]> }
      : T

/** A function that was compiled elsewhere. */
export interface Restored<Args extends readonly unknown[], Result> {
  (...args: Args): Result
  /** What it runs. */
  explain(): Explanation
}

/** Any function that `compile` gives. */
export type AnyCompiled = (...args: never[]) => unknown

/**
 * The function whose program `toBytes` wrote, without the code that made it: it takes what the compiled function takes, of
 * the same structure, shapes, types and static values, and returns the same numbers. TensorFlow.js needs a backend only if
 * tensors are given or returned: with `plain`, as in float64, all results are `NdArray`s.
 *
 * @param bytes what `toBytes` gave; a copy is made.
 * @param options whether results are plain data also in float32.
 * @throws FormatError for bytes that are no program, of another version of the format, cut short or damaged;
 *   UnsupportedError where WebAssembly lacks instructions of the program. At a call ShapeError for arguments that are not
 *   like those which the program was made for; UnsupportedError for tensors where TensorFlow.js takes a gradient;
 *   NumericalError and DomainError for matrices and indices that operations cannot be computed of.
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs-core'
 * import { compile, fromBytes } from '@variate/compile'
 *
 * const norm = compile((x: tf.Tensor) => tf.sqrt(tf.sum(tf.square(x))))
 * const bytes = norm.toBytes(new Float32Array(2)) // for vectors of two numbers
 *
 * // In a worker, another process, another machine:
 * const restored = fromBytes<typeof norm>(bytes, { plain: true })
 * restored(Float32Array.of(3, 4)).at() // => 5
 * ```
 */
export function fromBytes<Of extends AnyCompiled = (...args: unknown[]) => unknown>(
  bytes: Uint8Array,
  options: { readonly plain: true },
): Restored<Parameters<Of>, PlainResult<ReturnType<Of>>>
export function fromBytes<Of extends AnyCompiled = (...args: unknown[]) => unknown>(
  bytes: Uint8Array,
  options?: { readonly plain?: false },
): Restored<Parameters<Of>, ReturnType<Of>>
export function fromBytes(
  bytes: Uint8Array,
  options: { readonly plain?: boolean } = {},
): Restored<readonly unknown[], unknown> {
  const { program: data, given, result } = decodeProgram(bytes)
  const { inputs, outputs, module } = data
  const isPlain = options.plain || module.precision === 'float64'
  const program = instantiated(data)
  const call = (...args: readonly unknown[]): unknown => {
    const leaves = leavesOf(given, args, 'argument')
    if (tfjs().isTapeOn() && leaves.some(({ array }) => array instanceof Tensor)) {
      throw new UnsupportedError(
        'fromBytes: a program is called with tensors where TensorFlow.js takes a gradient, which does not pass through it: ' +
          'compile the gradient, and make bytes of that',
      )
    }
    const results = program.run(leaves.map(({ array, path }, i) => fitting(array, inputs[i]!, path)))
    const handed = results.map((x, i) =>
      isPlain ? plain(x, outputs[i]!) : handedOut(x, outputs[i]!, module.precision),
    )
    return rebuild(result, handed)
  }
  return Object.assign(call, { explain: () => program.explanation })
}

function instantiated(data: ProgramData): Program {
  const rescues = Object.entries(data.module.rescues).map(([name, op]) => [name, rescue(op)] as const)
  try {
    return programOf(data, instantiate(data.module, Object.fromEntries(rescues)))
  } catch (cause) {
    if (!(cause instanceof WebAssembly.CompileError)) throw cause
    throw new UnsupportedError(
      'fromBytes: the program has instructions that WebAssembly lacks here: compile it with reproducible: true, which does ' +
        'without them',
      { cause },
    )
  }
}

/** The data of an array that stands where one at a place in memory is expected. */
function fitting(x: Arrays, place: Place, path: string): ArrayLike<number> {
  const { shape, dtype } = specOf(x)
  // Truth values are plain data as bytes.
  const isTruth = place.dtype === 'bool' && !(x instanceof Tensor) && dataOf(x) instanceof Uint8Array
  if (sameShape(shape, place.shape) && (dtype === place.dtype || isTruth)) {
    const data = dataOf(x)
    return isTruth ? Uint8Array.from(data, (item) => +(item !== 0)) : data
  }
  throw new ShapeError(
    `fromBytes: the program was made for ${place.dtype} of shape [${place.shape}] as ${path}, got ${dtype} of shape [${shape}]`,
  )
}
