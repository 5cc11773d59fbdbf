import type { Engine } from '@variate/compile'
import type { ClimbParams } from '../bbvi/climbState.ts'
import type { Setting } from '../bbvi/problemOf.ts'

/** A fit, to be applied to any examples. */
export interface Applied {
  /** The model and q, with some examples. */
  readonly setting: Setting
  readonly params: ClimbParams
  /** Whose elements are the examples. */
  readonly plate: string
  /** What is the same for all examples, as it was given: parameters that are not fitted, and inputs. */
  readonly given: Readonly<Record<string, unknown>>
  /** The sites that an encoder reads; none, where q is a guide. */
  readonly read: ReadonlySet<string>
  readonly precision: 'float32' | 'float64'
  readonly engine: Engine | undefined
}

/** How programs of a fit are compiled, which are called and not awaited: ONNX Runtime is for the steps alone. */
export function compileOptions({ precision, engine }: Applied): {
  readonly precision: 'float32'
  readonly engine?: 'wasm' | 'eager'
} {
  const own = engine === 'wasm' || engine === 'eager' ? { engine } : {}
  return { precision: precision as 'float32', ...own }
}
