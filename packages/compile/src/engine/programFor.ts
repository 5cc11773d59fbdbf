import { UnsupportedError } from '@variate/core'
import { checkBound } from '../loop/checkBound.ts'
import { withSteps } from '../loop/results.ts'
import { eagerLoopProgram } from '../loop/eagerLoopProgram.ts'
import type { LoopProgram } from '../loop/loopProgram.ts'
import { settled, type Settled } from '../loop/settled.ts'
import { wasmLoop } from '../loop/wasmLoop.ts'
import type { Traced } from '../trace/trace.ts'
import { eagerProgram } from './eagerProgram.ts'
import type { Program } from './program.ts'
import { wasmProgram } from './wasmProgram.ts'

export type Engine = 'auto' | 'wasm' | 'eager' | 'onnx'
/** Engines that answer at once. */
export type SyncEngine = 'wasm' | 'eager'

/** Of so many operations code takes seconds to make, and at some length engines refuse it. */
const MOST = 50_000

/**
 * The program on the engine that is asked for, or on the one that suits it.
 *
 * @throws UnsupportedError for what the engine cannot do.
 */
export function programFor(traced: Traced, engine: SyncEngine | 'auto'): Program {
  return programOfSettled(settled(traced), engine)
}

/** The same of a program when all derivatives are taken. */
export function programOfSettled(program: Settled, engine: SyncEngine | 'auto'): Program {
  const { isCompiled, reason } = chosen(program, engine)
  return isCompiled ? wasmProgram(program, reason) : eagerProgram(program, reason)
}

/**
 * The loop that all results of a program are those of, likewise, to be run in parts.
 *
 * @throws UnsupportedError for what the engine cannot do.
 */
export function loopProgramFor(program: Settled, engine: SyncEngine | 'auto'): LoopProgram {
  const { isCompiled, reason } = chosen(program, engine)
  return isCompiled ? wasmLoop(program, reason) : eagerLoopProgram(program, reason)
}

function chosen({ nodes, graph: { precision, reproducible } }: Settled, engine: SyncEngine | 'auto') {
  const only = precision === 'float64' ? precision : reproducible ? 'reproducible' : undefined
  checkBound(nodes)
  if (engine === 'eager') {
    if (!only) return { isCompiled: false, reason: 'asked for' }
    throw new UnsupportedError(`compile: ${only} is for the wasm engine, and engine is 'eager'`)
  }
  const operations = withSteps(nodes).length
  if (engine === 'wasm' || operations <= MOST) {
    return { isCompiled: true, reason: engine === 'wasm' ? 'asked for' : `${operations} operations` }
  }
  const reason = `${operations} operations are more than the ${MOST} that are compiled`
  if (!only) return { isCompiled: false, reason }
  throw new UnsupportedError(
    `compile: ${reason}: use loop() for what is repeated, or engine 'auto' in float32, not reproducible, which runs large programs eagerly`,
  )
}
