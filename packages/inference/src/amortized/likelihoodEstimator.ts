import { foldIn, NdArray, type Key } from '@variate/core'
import { pause } from '../run/pause.ts'
import type { Applied } from './applied.ts'
import { chunkProgram } from './chunkProgram.ts'
import { chunksOf, numbersOf, partOf } from './chunks.ts'
import { exampleLogs } from './exampleLogs.ts'
import type { BoundExamples } from './examplesOf.ts'

/** An estimate of log p(x), in nats: a lower bound in the mean, which rises with the number of particles. */
export interface LogLikelihoodEstimate {
  /** The mean over the examples. */
  readonly logLikelihood: number
  /** Of that mean, over the examples; NaN of a single one. */
  readonly standardError: number
  /** Of each example, [n]. */
  readonly pointwise: NdArray<Float64Array>
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
      const [highest, sums] = [new Float64Array(chunk.count).fill(-Infinity), new Float64Array(chunk.count)]
      for (let done = 0; done < particles; done += part) {
        if (done > 0 || at > 0) await pause()
        const draws = Math.min(part, particles - done)
        addUp((await run(chunk, foldIn(ofChunk, done), draws))['logWeight']!, highest, sums)
      }
      for (let i = 0; i < chunk.count; i++)
        pointwise[at * size + i] = highest[i]! + Math.log(sums[i]!) - Math.log(particles)
    }
    const { mean, standardError } = meanOf(pointwise)
    return { logLikelihood: mean, standardError, pointwise: new NdArray(pointwise, [examples.count]) }
  }
}

/** Adds exp(logs), [draws, examples], to sums that are relative to the highest of each example. */
function addUp({ data, shape }: NdArray, highest: Float64Array, sums: Float64Array): void {
  const count = shape[1]!
  for (let at = 0; at < data.length; at++) {
    const [i, log] = [at % count, data[at]!]
    if (log === -Infinity) continue
    if (log > highest[i]!) {
      sums[i] = sums[i]! * Math.exp(highest[i]! - log) + 1
      highest[i] = log
    } else sums[i]! += Math.exp(log - highest[i]!)
  }
}

function meanOf(x: Float64Array): { readonly mean: number; readonly standardError: number } {
  const mean = x.reduce((a, b) => a + b, 0) / x.length
  const squares = x.reduce((sum, own) => sum + (own - mean) ** 2, 0)
  return { mean, standardError: Math.sqrt(squares / (x.length - 1) / x.length) }
}
