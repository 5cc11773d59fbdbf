import { foldIn, type Key, type NdArray } from '@variate/core'
import type { ClimbParams } from '../bbvi/climbState.ts'
import { pause } from '../run/pause.ts'
import type { Applied } from './applied.ts'
import { chunkProgram } from './chunkProgram.ts'
import { chunkSize, chunksOf } from './chunks.ts'
import { exampleLogs } from './exampleLogs.ts'
import type { BoundExamples } from './examplesOf.ts'

/** The evidence lower bound of some examples, in nats for each. */
export interface Evaluated {
  readonly elbo: number
  /** That of the draws, of which there must be two at least. */
  readonly standardError: number
  readonly reconstruction: number
  readonly kl: number
}

/** The same, and the first example whose bound is no number, if there is one. */
interface Looked extends Evaluated {
  readonly isNaNAt: number | undefined
}

/** Sums over examples: of log p(x | z), of KL(q‖p), and of the variance of their difference. */
class Totals {
  reconstruction = 0
  kl = 0
  variance = 0

  /** Adds the draws of one example. */
  add(likelihood: (draw: number) => number, kl: (draw: number) => number, draws: number): void {
    let [mean, squares] = [0, 0]
    for (let draw = 0; draw < draws; draw++) {
      this.reconstruction += likelihood(draw) / draws
      this.kl += kl(draw) / draws
      const change = likelihood(draw) - kl(draw) - mean
      mean += change / (draw + 1)
      squares += (draw / (draw + 1)) * change ** 2
    }
    this.variance += squares / (draws - 1) / draws
  }
}

/**
 * What finds the bound of examples by so many draws of each: compiled once. KL(q‖p) is in closed form or by the draws, whichever
 * makes the bound vary less: near to the posterior log p(x, z) − log q(z) is the same at all draws.
 *
 * @param times how often it will be asked for, about.
 */
export function evaluator(
  applied: Applied,
  times = 1,
): (examples: BoundExamples, key: Key, draws: number, params?: ClimbParams) => Promise<Looked> {
  const program = chunkProgram(applied, ({ problem, parameters }, key) => {
    const { likelihood, kl, logWeight } = exampleLogs(
      problem,
      parameters,
      problem.draw(parameters, key),
      applied.plate,
    )
    return { likelihood, kl, logWeight }
  })
  return async (examples, key, draws, params) => {
    const [closed, drawn] = [new Totals(), new Totals()]
    let [done, isNaNAt] = [0, undefined as number | undefined]
    const chunks = chunksOf(applied, examples, chunkSize(applied, draws, examples.count))
    const run = program(times * chunks.length)
    for (const [at, chunk] of chunks.entries()) {
      if (at > 0) await pause()
      const { likelihood, kl, logWeight } = await run(chunk, foldIn(key, at), draws, params)
      for (let i = 0; i < chunk.count; i++, done++) {
        const of = (x: NdArray | undefined) => (draw: number) => x!.data[draw * chunk.count + i]!
        const own = of(likelihood)
        closed.add(own, of(kl), draws)
        drawn.add(own, (draw) => own(draw) - of(logWeight)(draw), draws)
        for (let draw = 0; draw < draws; draw++) if (Number.isNaN(of(logWeight)(draw))) isNaNAt ??= done
      }
    }
    const { count } = examples
    // A density of 0 makes the bound −∞, and the other difference no number.
    const isDrawn = Number.isFinite(drawn.variance) && !(closed.variance <= drawn.variance)
    const { reconstruction, kl, variance } = isDrawn ? drawn : closed
    return {
      elbo: (reconstruction - kl) / count,
      standardError: Math.sqrt(variance) / count,
      reconstruction: reconstruction / count,
      kl: kl / count,
      isNaNAt,
    }
  }
}
