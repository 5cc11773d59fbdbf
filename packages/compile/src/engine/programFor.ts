import { UnsupportedError } from '@variate/core'
import { sizeOf, type Shape } from '../graph/node.ts'
import type { Traced } from '../trace/trace.ts'
import type { Precision } from '../wasm/lanes.ts'
import { eagerProgram } from './eagerProgram.ts'
import { needed } from './needed.ts'
import type { Program } from './program.ts'
import { wasmProgram } from './wasmProgram.ts'

export type Engine = 'auto' | 'wasm' | 'eager'

/** Up to so many numbers are written out one by one: more make code that takes longer to compile than it saves. */
const MOST_NUMBERS = 20_000

/**
 * The program on the engine that is asked for, or on the one that suits it.
 *
 * @throws UnsupportedError for what the engine cannot do.
 */
export function programFor(traced: Traced, engine: Engine, precision: Precision): Program {
  const numbers = numbersOf(traced)
  const isSmall = numbers <= MOST_NUMBERS
  if (engine === 'eager' || (engine === 'auto' && !isSmall)) {
    const reason =
      engine === 'eager'
        ? 'asked for'
        : `${numbers} numbers are more than the ${MOST_NUMBERS} that are compiled`
    if (precision === 'float32') return eagerProgram(traced, reason)
    throw new UnsupportedError(
      `compile: float64 is for the wasm engine, and the program runs eagerly: ${reason}`,
    )
  }
  if (!isSmall) {
    throw new UnsupportedError(
      `compile: the wasm engine compiles programs of up to ${MOST_NUMBERS} numbers, this one has ${numbers}: use engine 'auto'`,
    )
  }
  return wasmProgram(traced, precision, engine === 'wasm' ? 'asked for' : `${numbers} numbers`)
}

/** How many numbers the program computes: products of matrices have as many as they have terms. */
function numbersOf({ outputs }: Traced): number {
  return needed(outputs).reduce((sum, { op, inputs, shape, attributes }) => {
    const terms = op === 'matMul' ? (inputs[0]!.shape as Shape).at(attributes['transposeA'] ? -2 : -1)! : 1
    return sum + sizeOf(shape) * terms
  }, 0)
}
