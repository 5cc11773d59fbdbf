import type { Report } from '../benchmark.ts'
import type { MedianInterval } from '../medianInterval.ts'
import type { Result } from './contest.ts'
import type { FirstCalls } from './firstCalls.ts'

/** The opponent's time over ours, of the first call; and the most that tracing and compiling may take. */
const FIRST_CALL_TARGET = 15
const ONE_STEP_TARGET = 0.04

interface Run {
  readonly pairs: number
  /** Too small for a verdict. */
  readonly quick: boolean
  readonly on: string
}

export function report(results: readonly Result[], first: FirstCalls, { pairs, quick, on }: Run): Report {
  const verdict = (isMet: boolean): string => (quick ? '' : isMet ? 'met' : 'missed')
  const ratios = ({ median, low, high }: MedianInterval): string[] => [
    `${median.toPrecision(3)}×`,
    `${low.toPrecision(3)} … ${high.toPrecision(3)}`,
  ]
  const rows = results.map((result) => [
    `${result.name}, ${result.precision}`,
    result.opponent,
    result.threads,
    time(result.peer),
    time(result.ours),
    ...ratios(result.ratio),
    `≥ ${Number(result.target.toFixed(2))}×`,
    verdict(result.ratio.median >= result.target),
    result.disagreement.toExponential(0),
  ])
  const { ofOneStep } = first
  rows.push(
    [
      `eight schools, first call, ${first.steps.toLocaleString('en')} steps`,
      'NumPyro',
      'one',
      time(first.peer),
      time(first.ours),
      ...ratios(first.ratio),
      `≥ ${FIRST_CALL_TARGET}×`,
      verdict(first.ratio.median >= FIRST_CALL_TARGET),
      '',
    ],
    [
      'eight schools, first call, 1 step',
      '',
      '',
      '',
      time(ofOneStep.median),
      '',
      `${time(ofOneStep.low)} … ${time(ofOneStep.high)}`,
      `< ${time(ONE_STEP_TARGET)}`,
      verdict(ofOneStep.median < ONE_STEP_TARGET),
      '',
    ],
  )
  const coverage = Math.min(...[...results, first].map(({ ratio }) => ratio.coverage))
  return {
    title:
      'Compiled programs: time of a step of SVI, of a value with its gradient, of an array, of a first call',
    header: ['work', 'opponent', 'threads', 'its time', 'variate', 'ratio', 'interval', 'target', '', 'Δ'],
    rows,
    notes: [
      `Medians of ${pairs} pairs that took turns; ratio: median of the pairs' ratios, with an interval of at least ${(100 * coverage).toFixed(0)} %.`,
      'Threads: one core and one thread, or all, whichever the opponent is faster with; variate has one where two are not named.',
      'Δ: the furthest of the values that both sides come to from the same numbers; of normals, their mean and deviation.',
      ...(hasCalls(results) ? [`Calls JavaScript from compiled code: ${hasCalls(results)}.`] : []),
      on,
    ],
    failures: results
      .filter((result) => !(result.disagreement <= result.tolerance))
      .map(({ name, precision, disagreement }) => `${name}, ${precision}: values are ${disagreement} apart`),
    record: { machine: on, results, first },
  }
}

/** Which operations are called, those that any of the results tells of. */
function hasCalls(results: readonly Result[]): string {
  return [...new Set(results.flatMap(({ called }) => called))].join(', ')
}

export function time(seconds: number): string {
  if (seconds >= 1) return `${seconds.toPrecision(3)} s`
  return seconds >= 1e-3 ? `${(seconds * 1e3).toPrecision(3)} ms` : `${(seconds * 1e6).toPrecision(3)} µs`
}
