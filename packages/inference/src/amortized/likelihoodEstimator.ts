import { foldIn, NdArray, type Key } from '@variate/core'
import { pause } from '../run/pause.ts'
import type { Applied } from './applied.ts'
import { chunkProgram } from './chunkProgram.ts'
import { chunksOf, numbersOf, partOf } from './chunks.ts'
import { exampleLogs } from './exampleLogs.ts'
import type { BoundExamples } from './examplesOf.ts'
import { LogMeans } from './logMeans.ts'

/** An estimate of log p(x), in nats: a lower bound in the mean, which rises with the number of particles. */
export interface LogLikelihoodEstimate {
  /** The mean over the examples. */
  readonly logLikelihood: number
  /** Of that mean, over the examples; NaN of a single one. */
  readonly standardError: number
  /** Of each example, [n]. */
  readonly pointwise: NdArray<Float64Array>
}

/** The estimate of all examples, of those of each. */
export function estimateOf(pointwise: Float64Array): LogLikelihoodEstimate {
  const count = pointwise.length
  const mean = pointwise.reduce((a, b) => a + b, 0) / count
  const squares = pointwise.reduce((sum, own) => sum + (own - mean) ** 2, 0)
  return {
    logLikelihood: mean,
    standardError: Math.sqrt(squares / (count - 1) / count),
    pointwise: new NdArray(pointwise, [count]),
  }
}

/** About as many numbers are drawn at once, for as many examples at most. */
const AT_ONCE = 2 ** 19
const EXAMPLES = 32

/**
 * What estimates log (1/K) Σₖ p(x, zₖ)/q(zₖ | x) of each example, zₖ drawn of q: compiled once. The particles come in parts, whose
 * logarithms of sums are added up as they come: memory does not grow with their number.
 *
 * @see Burda, Grosse and Salakhutdinov, Importance Weighted Autoencoders (ICLR 2016), equation 8.
 */
export function likelihoodEstimator(
  applied: Applied,
): (examples: BoundExamples, particles: number, key: Key) => Promise<LogLikelihoodEstimate> {
  const program = chunkProgram(applied, ({ problem, parameters }, own) => {
    const { logWeight } = exampleLogs(problem, parameters, problem.draw(parameters, own), applied.plate)
    return { logWeight }
  })
  const most = Math.max(1, Math.floor(AT_ONCE / numbersOf(applied.setting.model, applied.plate)))
  return async (examples, particles, key) => {
    const size = partOf(examples.count, Math.min(EXAMPLES, most))
    const part = partOf(particles, Math.max(1, Math.floor(most / size)))
    const chunks = chunksOf(applied, examples, size)
    const run = program(chunks.length * Math.ceil(particles / part))
    const pointwise = new Float64Array(examples.count)
    for (const [at, chunk] of chunks.entries()) {
      const ofChunk = foldIn(key, at)
      const means = new LogMeans(chunk.count)
      for (let done = 0; done < particles; done += part) {
        if (done > 0 || at > 0) await pause()
        const draws = Math.min(part, particles - done)
        means.add((await run(chunk, foldIn(ofChunk, done), draws))['logWeight']!)
      }
      pointwise.set(means.values(), at * size)
    }
    return estimateOf(pointwise)
  }
}
