import { UnsupportedError } from '@variate/core'
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
  const isWide = precision === 'float64'
  if (engine === 'eager') {
    if (!isWide) return eagerProgram(traced, 'asked for')
    throw new UnsupportedError("compile: float64 is for the wasm engine, and engine is 'eager'")
  }
  const instructions = instructionsOf(needed(traced.outputs), precision)
  const most = engine === 'auto' && !isWide ? WORTHWHILE : MOST
  if (instructions <= most) {
    return wasmProgram(traced, precision, engine === 'wasm' ? 'asked for' : `${instructions} instructions`)
  }
  const reason = `${instructions} instructions are more than the ${most} that are compiled`
  if (engine === 'auto' && !isWide) return eagerProgram(traced, reason)
  throw new UnsupportedError(
    `compile: ${reason}: make arrays smaller, or use engine 'auto' in float32, which runs large programs eagerly`,
  )
}
