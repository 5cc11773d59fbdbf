import { Regions } from '@variate/compile/threads'
import {
  exported,
  I32,
  Procedures,
  repeat,
  variable,
  wasmModule,
  whole,
  type Instruction,
  type Statement,
} from '@variate/compile/wasm'
import { EXACT, NEGLIGIBLE_EXPONENT } from '../normalize.ts'
import { set } from './code.ts'
import { denseLogJoint } from './denseLogJoint.ts'
import { denseMoments } from './denseMoments.ts'
import { diagonalLogJoint } from './diagonalLogJoint.ts'
import { diagonalMoments } from './diagonalMoments.ts'
import { dividedPass } from './dividedPass.ts'
import { exponentials, maxima } from './exponentials.ts'
import type { Layout } from './layout.ts'
import { loadPoints } from './loadPoints.ts'
import { normalizeEqual, normalizeWeighted } from './normalize.ts'
import { planarLogJoint, planarMoments } from './planar.ts'
import { where, type Where } from './where.ts'

/** The functions of a kernel, each for the points of the first panel: as many as fill so many bytes of a column. */
export interface MixtureFunctions {
  loadPoints(bytes: number): void
  logJoint(bytes: number): void
  maxima(bytes: number): void
  exponentials(bytes: number): void
  exactExponentials(bytes: number): void
  /** Both put Σᵢ wᵢ·log p(xᵢ), nats, into the panel. */
  normalizeEqual(bytes: number): void
  normalizeWeighted(bytes: number): void
  moments(bytes: number): void
}

/** The calls of these functions, for whatever panel and scratch, `moments` of one component. */
export type MixtureCalls = Readonly<Record<keyof MixtureFunctions, Instruction>>

/** A module with `MixtureFunctions`; with several threads, also with `pass`. */
export interface MixtureModule {
  readonly bytes: Uint8Array
  /** The pages of memory that it takes. */
  readonly pages: number
  /** Where threads agree on what is to be done, if there are several. */
  readonly board: number
}

const PAGE = 65_536

const LOG_JOINT = { planar: planarLogJoint, dense: denseLogJoint, diagonal: diagonalLogJoint }
const MOMENTS = { planar: planarMoments, dense: denseMoments, diagonal: diagonalMoments }

export function mixtureModule(layout: Layout): MixtureModule {
  const procedures = new Procedures()
  const at = where()
  const calls = callsOf(layout, at, procedures)
  // What is done alone is done in the first panel, with the scratch of the first thread.
  const alone = (call: Statement): readonly Statement[] => [
    set(at.block, whole(0)),
    set(at.scratch, whole(0)),
    call,
  ]
  const ofAll = { ...calls, moments: repeat(at.component, 0, layout.components, 1, [calls.moments]) }
  const functions = Object.entries(ofAll).map(([name, call]) => exported(name, alone(call), [at.bytes]))
  let { end } = layout
  if (layout.threads === 1) {
    return {
      bytes: wasmModule([], [...procedures.bodies(), ...functions], Math.ceil(end / PAGE)),
      pages: Math.ceil(end / PAGE),
      board: 0,
    }
  }
  const regions = new Regions(procedures.define, (bytes) => (end += bytes) - bytes)
  const pass = exported('pass', dividedPass(layout, at, calls, procedures, regions))
  const thread = variable(I32)
  const help = exported('help', regions.helping(thread), [thread])
  const { board } = regions
  const pages = Math.ceil(end / PAGE)
  const defined = [...procedures.bodies(), ...functions, pass, help]
  return { bytes: wasmModule([], defined, pages, { isMemoryShared: true }), pages, board }
}

function callsOf(layout: Layout, at: Where, procedures: Procedures): MixtureCalls {
  const { bytes, block, scratch, component } = at
  const call = (statements: readonly Statement[]): Instruction =>
    procedures.define(statements, [bytes, block, scratch, component])
  return {
    loadPoints: call(loadPoints(layout, at)),
    logJoint: call(LOG_JOINT[layout.form](layout, at)),
    maxima: call(maxima(layout, at)),
    exponentials: call(exponentials(layout, at, NEGLIGIBLE_EXPONENT)),
    exactExponentials: call(exponentials(layout, at, EXACT)),
    normalizeEqual: call(normalizeEqual(layout, at)),
    normalizeWeighted: call(normalizeWeighted(layout, at)),
    moments: call(MOMENTS[layout.form](layout, at)),
  }
}
