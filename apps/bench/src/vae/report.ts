import type { Report } from '../benchmark.ts'
import { time } from '../compile/report.ts'
import { medianInterval, type MedianInterval } from '../medianInterval.ts'
import type { Engine } from './engines.ts'
import type { MemoryFigures } from './slopeOf.ts'

/** What is asked of every engine: how far losses may be apart, relatively; bytes a step; times PyTorch's peak. */
const APART = 1e-3
const SLOPE = 100
const PEAK = 1.3

export interface EngineResult {
  readonly engine: Engine
  /** Of a step, turn by turn. */
  readonly seconds: readonly number[]
  /** Seconds from no program to the first loss, in processes of their own. */
  readonly start: MedianInterval
  readonly memory: MemoryFigures
  /** How far losses are from those operation by operation, and from the peers' with the same images and noise. */
  readonly fromEager: number
  readonly fromPeers: number
}

interface Run {
  /** In which way each peer is measured, in words. */
  readonly peers: Readonly<Record<'torch' | 'jax', string>>
  readonly seconds: Readonly<Record<'torch' | 'jax', readonly number[]>>
  /** PyTorch's, in bytes. */
  readonly peak: number
  readonly notes: readonly string[]
  readonly turns: number
  readonly quick: boolean
  readonly on: string
}

export function report(results: readonly EngineResult[], run: Run): Report {
  const { peers, seconds, peak, notes, quick, turns, on } = run
  const row = (
    figure: string,
    text: string,
    interval: string,
    bar?: readonly [text: string, isMet: boolean],
  ) => [figure, text, interval, bar?.[0] ?? '', bar && !quick ? (bar[1] ? 'met' : 'missed') : '']
  const timeRow = (figure: string, { median, low, high }: MedianInterval, most?: number) =>
    row(
      figure,
      time(median),
      `${time(low)} … ${time(high)}`,
      most === undefined ? undefined : [`≤ ${time(most)}`, median <= most],
    )
  const ratioRow = (figure: string, { median, low, high }: MedianInterval, most?: number) =>
    row(
      figure,
      `${median.toPrecision(3)}×`,
      `${low.toPrecision(3)} … ${high.toPrecision(3)}`,
      most === undefined ? undefined : [`≤ ${most.toFixed(1)}×`, median <= most],
    )
  const sides = ['torch', 'jax'] as const
  const rows = [
    ...sides.map((side) => timeRow(`${peers[side]}: a step`, medianInterval(seconds[side]))),
    ...results.flatMap(({ engine: { name, most, first }, seconds: own, start, memory, fromEager }) => [
      timeRow(`${name}: a step`, medianInterval(own), most.seconds),
      ...sides.map((side) =>
        ratioRow(
          `${name}: over ${side === 'torch' ? 'PyTorch' : 'JAX'}`,
          medianInterval(own.map((x, i) => x / seconds[side][i]!)),
          most[side],
        ),
      ),
      timeRow(`${name}: trace, compile and first step`, start, first),
      row(`${name}: memory gained`, `${memory.slope.toFixed(0)} B a step`, '', [
        `≤ ${SLOPE} B`,
        memory.slope <= SLOPE,
      ]),
      row(`${name}: peak over PyTorch's`, `${(memory.peak / peak).toFixed(2)}×`, '', [
        `≤ ${PEAK}×`,
        memory.peak <= PEAK * peak,
      ]),
      row(`${name}: losses from those of eager`, fromEager.toExponential(0), '', [
        `≤ ${APART.toExponential(0)}`,
        fromEager <= APART,
      ]),
    ]),
  ]
  return {
    title: 'A variational autoencoder, batch 128, 784-400-20-400-784, Adam: a training step',
    header: ['figure', 'found', 'interval', 'bar', ''],
    rows,
    notes: [
      `Medians of ${turns} turns of all sides; ratios turn by turn. Tried: ${notes.join('; ')}.`,
      `Peaks: PyTorch ${megabytes(peak)}${results.map(({ engine, memory }) => `, ${engine.name} ${megabytes(memory.peak)}`).join('')}.`,
      on,
    ],
    failures: results.flatMap(({ engine, fromEager, fromPeers }) =>
      fromEager <= APART && fromPeers <= APART
        ? []
        : [`${engine.name}: losses are ${fromEager} from eager's, ${fromPeers} from the peers'`],
    ),
    record: { machine: on, results, peers: { ...run } },
  }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`
}
