import { exported, F64, variable, wasmModule, type Statement, type Variable } from '@variate/compile/wasm'
import { EXACT, NEGLIGIBLE_EXPONENT } from '../normalize.ts'
import { address } from './code.ts'
import { denseLogJoint } from './denseLogJoint.ts'
import { denseMoments } from './denseMoments.ts'
import { diagonalLogJoint } from './diagonalLogJoint.ts'
import { diagonalMoments } from './diagonalMoments.ts'
import { exponentials, maxima } from './exponentials.ts'
import type { Layout } from './layout.ts'
import { loadPoints } from './loadPoints.ts'
import { normalizeEqual, normalizeWeighted } from './normalize.ts'
import { planarLogJoint, planarMoments } from './planar.ts'

/** The functions of a kernel, each for the points of a block: as many as fill so many bytes of a column. */
export interface MixtureFunctions {
  loadPoints(bytes: number): void
  logJoint(bytes: number): void
  maxima(bytes: number): void
  exponentials(bytes: number): void
  exactExponentials(bytes: number): void
  /** Both give Σᵢ wᵢ·log p(xᵢ), nats. */
  normalizeEqual(bytes: number): number
  normalizeWeighted(bytes: number): number
  moments(bytes: number): void
}

const PAGE = 65_536

/** The pages of memory that a layout takes. */
export function pagesOf({ end }: Layout): number {
  return Math.ceil(end / PAGE)
}

const LOG_JOINT = { planar: planarLogJoint, dense: denseLogJoint, diagonal: diagonalLogJoint }
const MOMENTS = { planar: planarMoments, dense: denseMoments, diagonal: diagonalMoments }

/** The bytes of a module with `MixtureFunctions`. */
export function mixtureModule(layout: Layout): Uint8Array {
  const bytes = address()
  const result = variable(F64)
  const procedure = (name: keyof MixtureFunctions, statements: readonly Statement[]) =>
    exported(name, statements, [bytes])
  const sum = (
    name: keyof MixtureFunctions,
    make: (layout: Layout, bytes: Variable, result: Variable) => readonly Statement[],
  ) => exported(name, make(layout, bytes, result), [bytes], result)
  const functions = [
    procedure('loadPoints', loadPoints(layout, bytes)),
    procedure('logJoint', LOG_JOINT[layout.form](layout, bytes)),
    procedure('maxima', maxima(layout, bytes)),
    procedure('exponentials', exponentials(layout, bytes, NEGLIGIBLE_EXPONENT)),
    procedure('exactExponentials', exponentials(layout, bytes, EXACT)),
    sum('normalizeEqual', normalizeEqual),
    sum('normalizeWeighted', normalizeWeighted),
    procedure('moments', MOMENTS[layout.form](layout, bytes)),
  ]
  return wasmModule([], functions, pagesOf(layout))
}
