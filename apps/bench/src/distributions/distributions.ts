import '@tensorflow/tfjs-backend-cpu'
import { tidy, type Tensor } from '@tensorflow/tfjs-core'
import type { Benchmark, Report } from '../benchmark.ts'
import { machine } from '../machine.ts'
import { measurePairs } from '../measurePairs.ts'
import { medianInterval, type MedianInterval } from '../medianInterval.ts'
import { Peer } from '../peer/peer.ts'
import { cases, type Case } from './cases.ts'

const PAIRS = 15

interface Result {
  readonly name: string
  readonly opponent: string
  readonly target?: number
  /** Seconds for one array. */
  readonly ours: number
  readonly peer: number
  readonly ratio: MedianInterval
}

/**
 * Draws and log densities of a million elements on the cpu backend, against TensorFlow.js's own ops and NumPy's
 * generator. The time of one array is the difference between four and one, which take turns with the opponent's.
 */
export const distributions: Benchmark = {
  name: 'distributions',
  about: 'draws and log densities of a million elements, against TensorFlow.js and NumPy',
  async run({ quick, status }) {
    const count = quick ? 10_000 : 1_000_000
    const peer = await Peer.open(status)
    try {
      const { python, numpy } = await peer.versions()
      const pairs = quick ? 3 : PAIRS
      const results: Result[] = []
      for (const item of cases) {
        status(item.name)
        results.push(await contest(item, count, pairs, peer))
      }
      return report(results, { count, pairs, quick }, machine({ Python: python!, numpy: numpy! }))
    } finally {
      await peer.close()
    }
  },
}

async function contest(item: Case, count: number, pairs: number, peer: Peer): Promise<Result> {
  let seed = 0
  const timed = (run: (count: number, seed: number) => Tensor) => async (arrays: number) => {
    const begin = performance.now()
    for (let i = 0; i < arrays; i++) {
      const out = run(count, seed++)
      out.dataSync()
      out.dispose()
    }
    return (performance.now() - begin) / 1000
  }
  const asked = item.peer
  const theirs =
    asked.name === 'TensorFlow.js'
      ? timed(tidied(asked.run))
      : async (arrays: number) => {
          let seconds = 0
          for (let i = 0; i < arrays; i++)
            seconds += (await peer.draw({ ...asked.request, count, seed: seed++ })).seconds
          return seconds
        }
  const sides = { ours: timed(item.ours), peer: theirs }
  await measurePairs(sides, [1, 3], 2) // warm-up
  const measured = await measurePairs(sides, [1, 4], pairs)
  return {
    name: item.name,
    opponent: item.peer.name,
    ...(item.target !== undefined && { target: item.target }),
    ours: medianInterval(measured.map(({ ours }) => ours)).median,
    peer: medianInterval(measured.map((pair) => pair.peer)).median,
    ratio: medianInterval(measured.map((pair) => pair.peer / pair.ours)),
  }
}

function tidied(run: (count: number, seed: number) => Tensor) {
  return (count: number, seed: number): Tensor => tidy(() => run(count, seed))
}

interface Run {
  readonly count: number
  readonly pairs: number
  /** Too small for a verdict. */
  readonly quick: boolean
}

function report(results: readonly Result[], { count, pairs, quick }: Run, on: string): Report {
  const coverage = Math.min(...results.map(({ ratio }) => ratio.coverage))
  return {
    title: `Arrays of ${count.toLocaleString('en')} elements: milliseconds`,
    header: ['work', 'opponent', 'its time', 'variate', 'ratio', 'interval', 'target', ''],
    rows: results.map(({ name, opponent, ours, peer, ratio, target }) => [
      name,
      opponent,
      milliseconds(peer),
      milliseconds(ours),
      `${ratio.median.toFixed(2)}×`,
      `${ratio.low.toFixed(2)} … ${ratio.high.toFixed(2)}`,
      target === undefined ? '' : `≥ ${target}×`,
      target === undefined || quick ? '' : ratio.median >= target ? 'met' : 'missed',
    ]),
    notes: [
      `Medians of ${pairs} pairs that took turns; ratio: median of the pairs' ratios, with an interval of at least ${(100 * coverage).toFixed(0)} %.`,
      'TensorFlow.js and variate on the cpu backend, one thread; NumPy draws float64, variate float32.',
      on,
    ],
    failures: [],
    record: { machine: on, count, results },
  }
}

function milliseconds(seconds: number): string {
  return `${(seconds * 1000).toPrecision(3)} ms`
}
