import { availableParallelism } from 'node:os'
import type { NdArray } from '@variate/core'
import type { Benchmark, BenchmarkOptions, Report } from '../benchmark.ts'
import { machine } from '../machine.ts'
import { measurePairs, perIteration, type Timer } from '../measurePairs.ts'
import { medianInterval, type MedianInterval } from '../medianInterval.ts'
import { ourMixture } from '../ourMixture.ts'
import { Peer, type MixtureStart } from '../peer/peer.ts'
import { cases, quickCases, type Case } from './cases.ts'
import { clusters } from './clusters.ts'

/** What the log-likelihoods of the two sides may differ by, relative to their size. */
const AGREEMENT = 1e-9

/** What a case gave: seconds per iteration, and how far the two sides are from the same result. */
interface Result extends Case {
  readonly threads: number
  readonly ours: number
  readonly peer: number
  readonly ratio: MedianInterval
  readonly disagreement: number
}

/** A case with its data and its two sides. */
interface Contest {
  readonly item: Case
  readonly x: NdArray<Float64Array>
  readonly start: MixtureStart
  readonly peer: Peer
}

/**
 * Time of an EM iteration, ours against scikit-learn's GaussianMixture, in one run.
 *
 * Both sides fit the same float64 numbers from the same start, unregularised, with tolerance 0, so that each
 * does exactly the iterations asked for. Each is warmed up with a long fit, whose log-likelihoods must agree;
 * then they take turns.
 */
export const gmm: Benchmark = {
  name: 'gmm',
  about: 'EM for Gaussian mixtures: time per iteration against scikit-learn',
  async run(options) {
    const peer = await Peer.open(options.status)
    try {
      const versions = await peer.versions()
      const results: Result[] = []
      for (const item of options.quick ? quickCases : cases) results.push(await contest(item, peer, options))
      return report(results, machine(named(versions)))
    } finally {
      await peer.close()
    }
  },
}

async function contest(item: Case, peer: Peer, { status }: BenchmarkOptions): Promise<Result> {
  const { observations, dimension, components, iterations } = item
  const tell = (what: string): void => status(`${nameOf(item)}: ${what}`)
  tell('data')
  const { x, start } = clusters(observations, dimension, components)
  await peer.load('x', x)
  const sides = { item, x, start, peer }

  tell('warm-up')
  const disagreement = await compare(sides)
  tell('threads')
  const threads = await bestThreads(sides)
  const pairs = await measurePairs(
    { ours: ourTimer(sides), peer: peerTimer(sides, threads) },
    iterations,
    item.pairs,
    (done) => tell(`pair ${done + 1} of ${item.pairs}`),
  )
  return {
    ...item,
    threads,
    ours: medianInterval(pairs.map(({ ours }) => ours)).median,
    peer: medianInterval(pairs.map((pair) => pair.peer)).median,
    ratio: medianInterval(pairs.map((pair) => pair.peer / pair.ours)),
    disagreement,
  }
}

/** A long fit on both sides: how far their log-likelihoods are apart, relative to their size. */
async function compare({ item, x, start, peer }: Contest): Promise<number> {
  const { covariance, iterations } = item
  const options = { covariance, start, iterations: iterations[1] }
  const { logLikelihood } = await ourMixture(x, options)
  const theirs = await peer.mixture({ name: 'x', ...options, evaluate: true })
  return Math.abs(logLikelihood - theirs.logLikelihood!) / Math.abs(theirs.logLikelihood!)
}

/** The number of threads, of 1, 2, 4 … and all cores, with which scikit-learn is fastest. */
async function bestThreads(sides: Contest): Promise<number> {
  const [short, long] = sides.item.iterations
  let [best, least] = [1, Infinity]
  for (const threads of threadCounts(availableParallelism())) {
    const timer = peerTimer(sides, threads)
    const { median } = medianInterval([
      await perIteration(timer, short, long),
      await perIteration(timer, short, long),
      await perIteration(timer, short, long),
    ])
    if (median < least) [best, least] = [threads, median]
  }
  return best
}

function threadCounts(cores: number): number[] {
  const counts = []
  for (let count = 1; count < cores; count *= 2) counts.push(count)
  return [...counts, cores]
}

function ourTimer({ item, x, start }: Contest): Timer {
  return async (iterations) => {
    const begin = performance.now()
    const fit = await ourMixture(x, { covariance: item.covariance, start, iterations })
    const seconds = (performance.now() - begin) / 1000
    requireAll('variate', fit.iterations, iterations)
    return seconds
  }
}

function peerTimer({ item, start, peer }: Contest, threads: number): Timer {
  return async (iterations) => {
    const fit = await peer.mixture({ name: 'x', covariance: item.covariance, start, iterations, threads })
    requireAll('scikit-learn', fit.iterations, iterations)
    return fit.seconds
  }
}

function requireAll(side: string, done: number, asked: number): void {
  if (done !== asked)
    throw new Error(`${side} ended after ${done} of ${asked} iterations: nothing was measured`)
}

function report(results: readonly Result[], on: string): Report {
  const pairs = Math.min(...results.map((result) => result.pairs))
  const coverage = Math.min(...results.map(({ ratio }) => ratio.coverage))
  const failures = results
    .filter(({ disagreement }) => !(disagreement <= AGREEMENT))
    .map((result) => `${nameOf(result)}: log-likelihoods differ by ${result.disagreement} of their size`)
  return {
    title: 'EM for a mixture of Gaussians: milliseconds per iteration',
    header: [
      'case',
      'scikit-learn',
      'threads',
      'variate',
      'ratio',
      'interval',
      'target',
      '',
      'Δ log-likelihood',
    ],
    rows: results.map(row),
    notes: [
      `Medians of at least ${pairs} pairs that took turns; ratio: median of the pairs' ratios, with an interval of at least ${percent(coverage)}.`,
      `Threads: what scikit-learn is fastest with. Δ: relative, after the same iterations; at most ${AGREEMENT}.`,
      on,
    ],
    failures,
    record: { machine: on, results },
  }
}

function row(result: Result): string[] {
  const { threads, ours, peer, ratio, target, disagreement } = result
  return [
    nameOf(result),
    milliseconds(peer),
    String(threads),
    milliseconds(ours),
    `${ratio.median.toFixed(2)}×`,
    `${ratio.low.toFixed(2)} … ${ratio.high.toFixed(2)}`,
    target === undefined ? '' : `≥ ${target}×`,
    target === undefined ? '' : ratio.median >= target ? 'met' : 'missed',
    disagreement.toExponential(0),
  ]
}

function nameOf({ covariance, observations, dimension, components }: Case): string {
  return `${covariance}, n ${observations.toLocaleString('en')}, d ${dimension}, K ${components}`
}

function milliseconds(seconds: number): string {
  const value = seconds * 1000
  return `${value < 1000 ? value.toPrecision(3) : value.toFixed(0)} ms`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`
}

function named({ python, blas, ...packages }: Record<string, string>): Record<string, string> {
  return { Python: python!, ...packages, BLAS: blas! }
}
