import { UnsupportedError } from '@variate/core'
import { checkBound } from '../loop/checkBound.ts'
import { eagerLoopProgram } from '../loop/eagerLoopProgram.ts'
import type { LoopProgram } from '../loop/loopProgram.ts'
import { settled } from '../loop/settled.ts'
import { wasmLoop } from '../loop/wasmLoop.ts'
import { instructionsOf } from '../lower/instructionsOf.ts'
import type { Traced } from '../trace/trace.ts'
import type { Precision } from '../wasm/lanes.ts'
import { eagerProgram } from './eagerProgram.ts'
import { needed } from './needed.ts'
import type { Program } from './program.ts'
import { wasmProgram } from './wasmProgram.ts'

export type Engine = 'auto' | 'wasm' | 'eager'

/**
 * With so many instructions code takes about 150 ms to make and compile (1 to 2 µs for each): more are worthwhile only
 * where there is nothing else, in float64 or if asked for, and at some length engines refuse a function.
 */
const WORTHWHILE = 75_000
const MOST = 750_000

/**
 * The program on the engine that is asked for, or on the one that suits it.
 *
 * @throws UnsupportedError for what the engine cannot do.
 */
export function programFor(traced: Traced, engine: Engine, precision: Precision): Program {
  const program = settled(traced)
  const { isCompiled, reason } = chosen(program, engine, precision)
  return isCompiled ? wasmProgram(program, precision, reason) : eagerProgram(program, reason)
}

/**
 * The loop that all results of a program are those of, likewise, to be run in parts.
 *
 * @throws UnsupportedError for what the engine cannot do.
 */
export function loopProgramFor(traced: Traced, engine: Engine, precision: Precision): LoopProgram {
  const program = settled(traced)
  const { isCompiled, reason } = chosen(program, engine, precision)
  return isCompiled ? wasmLoop(program, precision, reason) : eagerLoopProgram(program, reason)
}

function chosen({ outputs }: Traced, engine: Engine, precision: Precision) {
  const isWide = precision === 'float64'
  const nodes = needed(outputs)
  checkBound(nodes)
  if (engine === 'eager') {
    if (!isWide) return { isCompiled: false, reason: 'asked for' }
    throw new UnsupportedError("compile: float64 is for the wasm engine, and engine is 'eager'")
  }
  const instructions = instructionsOf(nodes, precision)
  const most = engine === 'auto' && !isWide ? WORTHWHILE : MOST
  if (instructions <= most) {
    return { isCompiled: true, reason: engine === 'wasm' ? 'asked for' : `${instructions} instructions` }
  }
  const reason = `${instructions} instructions are more than the ${most} that are compiled`
  if (engine === 'auto' && !isWide) return { isCompiled: false, reason }
  throw new UnsupportedError(
    `compile: ${reason}: make arrays smaller, or use engine 'auto' in float32, which runs large programs eagerly`,
  )
}
