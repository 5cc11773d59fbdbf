import { DomainError } from '@variate/core'
import type { Engine } from '../engine/programFor.ts'
import { threadsFor, type Threads } from '../engine/threads/threadsFor.ts'
import { passesOf, type Passes } from '../graph/passes.ts'
import type { Settings } from '../graph/settings.ts'
import type { OnnxRuntimeOptions } from '../onnxEngine/runtime.ts'
import type { Precision } from '../wasm/lanes.ts'
import { checkEngine } from './checkEngine.ts'

/** What runs a program, and how exact and how simple it is. */
export interface ProgramOptions<Of extends Precision = 'float32'> {
  /**
   * `wasm` compiles, `eager` runs what was recorded on the backend that is set, `onnx` hands large matrix work to ONNX Runtime, an
   * optional peer; `auto` estimates what each takes, and picks.
   */
  readonly engine?: Engine
  /** How ONNX Runtime is used, where it is. */
  readonly onnx?: OnnxRuntimeOptions
  /** What real numbers are computed in; float32 if not given. float64 is not for the eager engine; results are plain data then, else tensors. */
  readonly precision?: Of
  /**
   * Whether last bits may be others, and differ by engine, for speed; false if not given. What is divided by constants is
   * multiplied by their reciprocals, and products are added with one rounding where the engine has relaxed SIMD. NaN and
   * infinities stay what they are, but where a product alone would overflow.
   */
  readonly fastMath?: boolean
  /** Passes to be switched off, by `false`: results stay the same but for rounding. */
  readonly passes?: Partial<Passes>
  /**
   * Whether results are the same bits in every engine and on every machine; false if not given. Operations that JavaScript
   * is called for are then refused, unless their results are specified to the last bit. What the function computes of plain
   * numbers while it is traced, by `Math.log` or an op, is not the program's: such constants are as exact as the engine, and
   * the same everywhere in a program that `toBytes` gives.
   */
  readonly reproducible?: boolean
  /**
   * How many threads large pieces of the program are divided among, this one included; `auto` is as many as there are cores,
   * up to 8. If not given it is 1 for `compile`, and `auto` for `runLoop`. Results are the same bits with any number. Threads
   * need memory that they share: in browsers that of a page that is cross-origin isolated. Where there is none the program
   * runs on one, and `explain().threads` says so.
   */
  readonly threads?: number | 'auto'
}

/**
 * What options ask of a program.
 *
 * @param who names the function in errors.
 * @param usual what `threads` is where it is not given.
 * @throws DomainError for engines and passes that there are not, for options of ONNX Runtime that it cannot have, for both `fastMath`
 *   and `reproducible`, and for no number of threads.
 */
export function settingsOf(
  options: ProgramOptions<Precision>,
  who: string,
  usual: number | 'auto' = 1,
): Settings & { readonly threads: Threads } {
  const { precision = 'float32', fastMath = false, reproducible = false } = options
  checkEngine(options.engine, options.onnx, who)
  if (fastMath && reproducible) {
    throw new DomainError(
      `${who}: fastMath and reproducible are both true: last bits are either free or fixed`,
    )
  }
  const threads = threadsFor(options.threads ?? usual, who)
  return { precision, passes: passesOf(options.passes, who), fastMath, reproducible, threads }
}
