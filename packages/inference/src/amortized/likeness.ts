import { FormatError, key as keyOf, type NdArray } from '@variate/core'
import type { ClimbParams } from '../bbvi/climbState.ts'
import type { Applied } from './applied.ts'
import { chunkProgramAtOnce } from './chunkProgram.ts'
import { exampleLogs } from './exampleLogs.ts'

/**
 * What a fit tells of an example that is made up: parameters of other activations and distributions may have the same shapes, and
 * tell something else.
 */
export interface Likeness {
  readonly example: Readonly<Record<string, NdArray>>
  /** log p(x | z) of a draw z of q(z | x), and KL(q ‖ p), in nats. */
  readonly reconstruction: number
  readonly kl: number
}

type Outline = Omit<Applied, 'params'>

/** How far numbers may be apart that machines and engines compute, relative to their size and 1. */
const TOLERANCE = 1e-3

/** What tells of an example: compiled once. */
export function likenessOf(
  applied: Outline,
): (params: ClimbParams, example?: Likeness['example']) => Likeness {
  const { setting, plate } = applied
  const { program, values } = setting.model
  const run = chunkProgramAtOnce(applied, ({ problem, parameters }, key) => {
    const { likelihood, kl } = exampleLogs(problem, parameters, problem.draw(parameters, key), plate)
    return { likelihood, kl }
  })
  const madeUp = program.declarations.flatMap(({ kind, name, plates }) =>
    (kind === 'observed' || kind === 'input') && plates[0] === plate
      ? [[name, values[name] as NdArray] as const]
      : [],
  )
  return (params, example = Object.fromEntries(madeUp)) => {
    const given = { count: 1, values: { ...values, ...example }, present: {} }
    const { likelihood, kl } = run(given, keyOf(0), 1, params)
    return { example, reconstruction: likelihood!.data[0]!, kl: kl!.data[0]! }
  }
}

/** @throws FormatError for parameters of a model or of q that computes otherwise. */
export function checkLikeness(applied: Outline, params: ClimbParams, saved: Likeness, who: string): void {
  const own = likenessOf(applied)(params, saved.example)
  for (const [name, what] of [
    ['reconstruction', 'log p(x | z)'],
    ['kl', 'KL(q ‖ p)'],
  ] as const) {
    const [now, then] = [own[name], saved[name]]
    const isNear = Math.abs(now - then) <= TOLERANCE * (1 + Math.abs(then))
    // What is infinite is near to nothing else.
    const isSame = Object.is(now, then) || (Number.isFinite(then) && isNear)
    if (isSame) continue
    throw new FormatError(
      `${who}: it was saved of a model or an encoder that computes otherwise, though its parameters have the same shapes: ${what} of the ` +
        `same example is ${now.toPrecision(5)} nats, and was ${then.toPrecision(5)}: look for another activation or distribution`,
    )
  }
}
