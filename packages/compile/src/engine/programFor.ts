import { UnsupportedError } from '@variate/core'
import type { Traced } from '../trace/trace.ts'
import type { Precision } from '../wasm/lanes.ts'
import { eagerProgram } from './eagerProgram.ts'
import { needed } from './needed.ts'
import type { Program } from './program.ts'
import { wasmProgram } from './wasmProgram.ts'

export type Engine = 'auto' | 'wasm' | 'eager'

/** Of so many operations code takes seconds to make, and at some length engines refuse it. */
const MOST = 50_000

/**
 * The program on the engine that is asked for, or on the one that suits it.
 *
 * @throws UnsupportedError for what the engine cannot do.
 */
export function programFor(traced: Traced, engine: Engine, precision: Precision, unroll: boolean): Program {
  const isWide = precision === 'float64'
  if (engine === 'eager') {
    if (!isWide) return eagerProgram(traced, 'asked for')
    throw new UnsupportedError("compile: float64 is for the wasm engine, and engine is 'eager'")
  }
  const operations = needed(traced.outputs).length
  if (engine === 'wasm' || operations <= MOST) {
    const reason = engine === 'wasm' ? 'asked for' : `${operations} operations`
    return wasmProgram(traced, precision, unroll, reason)
  }
  const reason = `${operations} operations are more than the ${MOST} that are compiled`
  if (!isWide) return eagerProgram(traced, reason)
  throw new UnsupportedError(
    `compile: ${reason}: use loop() for what is repeated, or engine 'auto' in float32, which runs large programs eagerly`,
  )
}
