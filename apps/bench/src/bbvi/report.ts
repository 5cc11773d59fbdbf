import type { Report } from '../benchmark.ts'
import type { FirstCalls } from '../compile/firstCalls.ts'
import { time } from '../compile/report.ts'
import type { MedianInterval } from '../medianInterval.ts'
import type { PathResult } from './onPath.ts'
import type { ScoredResult } from './scored.ts'

/** A step of `bbvi` over one of the bare loop, at most; and Pyro's step over ours, at least. */
const OVERHEAD = 1.2
const SCORED = 20
const FIRST_CALL = 15
/** How far from the evidence a bound may be where q can be the posterior, in nats. */
const GAP = 0.5

interface Results {
  readonly paths: readonly PathResult[]
  readonly scores: readonly ScoredResult[]
  readonly first: FirstCalls
}

export function report(
  { paths, scores, first }: Results,
  { turns, quick, on }: { turns: number; quick: boolean; on: string },
): Report {
  const row = (
    work: string,
    [opponent, threads]: readonly [string, string],
    [theirs, ours]: readonly [number, number],
    { median, low, high }: MedianInterval,
    [sign, bar]: readonly ['≤' | '≥', number | undefined],
    apart: string,
  ): string[] => [
    work,
    opponent,
    threads,
    time(theirs),
    time(ours),
    `${median.toPrecision(3)}×`,
    `${low.toPrecision(3)} … ${high.toPrecision(3)}`,
    bar === undefined ? '' : `${sign} ${bar}×`,
    bar === undefined || quick ? '' : (sign === '≤' ? median <= bar : median >= bar) ? 'met' : 'missed',
    apart,
  ]
  const ways = ['unwatched', 'watched'] as const
  const rows = [
    ...paths.flatMap(({ name, seconds, overhead, apart }) =>
      ways.map((way) =>
        row(
          `${name}, ${way}: ours over`,
          ['bare loop', 'one'],
          [seconds.bare, seconds[way]],
          overhead[way],
          ['≤', OVERHEAD],
          apart.toFixed(2),
        ),
      ),
    ),
    ...paths.flatMap(({ name, threads, seconds, ratio, target, disagreement }) =>
      ways.map((way) =>
        row(
          `${name}, ${way}`,
          ['NumPyro', threads],
          [seconds.peer, seconds[way]],
          ratio[way],
          ['≥', target],
          disagreement.toExponential(0),
        ),
      ),
    ),
    ...scores.map(({ particles, threads, ours, peer, ratio, gaps }) =>
      row(
        `score function, 20 Bernoullis, ${particles} particle${particles > 1 ? 's' : ''}`,
        ['Pyro', threads],
        [peer, ours],
        ratio,
        ['≥', SCORED],
        `${gaps.ours.toFixed(2)}, ${gaps.peer.toFixed(2)}`,
      ),
    ),
    row(
      `eight schools, first fit, ${first.steps.toLocaleString('en')} steps`,
      ['NumPyro', 'one'],
      [first.peer, first.ours],
      first.ratio,
      ['≥', FIRST_CALL],
      '',
    ),
  ]
  const failures = quick
    ? []
    : [
        ...paths
          .filter(({ apart, tolerance, disagreement }) => !(apart <= tolerance && disagreement <= 1e-3))
          .map(
            ({ name, apart, disagreement }) => `${name}: bounds are ${apart}, values ${disagreement} apart`,
          ),
        ...scores
          .filter(({ gaps }) => !(Math.abs(gaps.ours) <= GAP && Math.abs(gaps.peer) <= GAP))
          .map(
            ({ particles, gaps }) => `${particles} particles: ${gaps.ours}, ${gaps.peer} below the evidence`,
          ),
      ]
  return {
    title: 'Black-box variational inference by bbvi: time of a step',
    header: ['work', 'against', 'threads', 'its time', 'bbvi', 'ratio', 'interval', 'bar', '', 'Δ'],
    rows,
    notes: [
      `Medians of ${turns} turns of all sides; ratio: of the other's time over ours, and of ours over that of the bare loop.`,
      'Δ: of the bounds, in nats; for NumPyro of values from the same noise, bare loop against NumPyro; for Pyro how far both are below the evidence.',
      on,
    ],
    failures,
    record: { machine: on, paths, scores, first },
  }
}
