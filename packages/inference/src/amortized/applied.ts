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
  readonly reproducible: boolean
}

/** How programs of a fit are compiled that are called once, and not awaited. */
export function compileOptions({ precision, engine }: Pick<Applied, 'precision' | 'engine'>): {
  readonly precision: 'float32'
  readonly engine?: 'wasm' | 'eager'
} {
  const own = engine === 'wasm' || engine === 'eager' ? { engine } : {}
  return { precision: precision as 'float32', ...own }
}

/**
 * How programs are compiled that are called so often, and awaited: ONNX Runtime has them where that is worth while, also if it is to
 * have the steps, for of small ones it would be slow. Undefined where they are to be none of its.
 */
export function awaitedOptions(
  { precision, engine, reproducible }: Applied,
  calls: number,
): { readonly precision: 'float32'; readonly engine: 'auto'; readonly calls: number } | undefined {
  if (engine === 'wasm' || engine === 'eager' || reproducible) return undefined
  return { precision: precision as 'float32', engine: 'auto', calls }
}
