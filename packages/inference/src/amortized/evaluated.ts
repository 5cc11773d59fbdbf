import { foldIn, type Key } from '@variate/core'
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

/** What finds the bound of examples by so many draws of each: compiled once. */
export function evaluator(
  applied: Applied,
): (examples: BoundExamples, key: Key, draws: number, params?: ClimbParams) => Promise<Evaluated> {
  const run = chunkProgram(applied, ({ problem, parameters }, key) => {
    const { likelihood, kl } = exampleLogs(problem, parameters, problem.draw(parameters, key), applied.plate)
    return { likelihood, kl }
  })
  return async (examples, key, draws, params) => {
    let [reconstruction, divergence, variance] = [0, 0, 0]
    for (const [at, chunk] of chunksOf(applied, examples, chunkSize(applied, draws)).entries()) {
      if (at > 0) await pause()
      const { likelihood, kl } = run(chunk, foldIn(key, at), draws, params)
      for (let i = 0; i < chunk.count; i++) {
        let [sum, squares] = [0, 0]
        for (let draw = 0; draw < draws; draw++) {
          const [own, apart] = [likelihood!.data[draw * chunk.count + i]!, kl!.data[draw * chunk.count + i]!]
          reconstruction += own / draws
          divergence += apart / draws
          const before = draw === 0 ? 0 : own - apart - sum / draw
          squares += (draw / (draw + 1)) * before ** 2
          sum += own - apart
        }
        variance += squares / (draws - 1) / draws
      }
    }
    const { count } = examples
    return {
      elbo: (reconstruction - divergence) / count,
      standardError: Math.sqrt(variance) / count,
      reconstruction: reconstruction / count,
      kl: divergence / count,
    }
  }
}
