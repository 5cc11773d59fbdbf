import { availableParallelism, loadavg } from 'node:os'
import type { Benchmark, Report } from '../benchmark.ts'
import { inPlainNode } from '../inPlainNode.ts'
import { machine } from '../machine.ts'
import { medianInterval, type MedianInterval } from '../medianInterval.ts'
import { withDigitFiles } from './digitFiles.ts'
import { DigitPeer } from './digitPeer.ts'
import { digitSplit } from './digitSplit.ts'
import { bestThreads, peerTook } from './peerTook.ts'
import type { Asked, Took } from './took.ts'

const TURNS = 7
const PARTICLES = 100
const LENGTHS = { long: [1, 9], wasm: [1, 4], quick: [1, 2] } as const

type Way = 'torch' | 'auto' | 'wasm'
type Turn = Readonly<Record<Way, Took>>

/** An epoch of the autoencoder on MNIST through the public interface against PyTorch: time, start, likelihood and memory. */
export const digitSpeed: Benchmark = {
  name: 'digit-speed',
  about: 'an epoch of a variational autoencoder on MNIST, as a user runs it: against PyTorch',
  async run({ quick, status }) {
    const split = await digitSplit(quick ? 0.05 : 1)
    return withDigitFiles(split, (files) =>
      inPlainNode(new URL('speedChild.ts', import.meta.url), async (run) => {
        const { threads, tried } = await bestThreads(files, availableParallelism(), status)
        const ours = async (asked: Asked) => JSON.parse(await run([JSON.stringify(asked)])) as Took
        const particles = quick ? 5 : PARTICLES
        const long = { ...files, lengths: quick ? LENGTHS.quick : LENGTHS.long, particles }
        const inWasm = {
          ...files,
          engine: 'wasm',
          lengths: quick ? LENGTHS.quick : LENGTHS.wasm,
          particles: 0,
        } as const
        const sides: Readonly<Record<Way, () => Promise<Took>>> = {
          torch: () => peerTook(threads, long, status),
          auto: () => ours(long),
          wasm: () => ours(inWasm),
        }
        const load = loadavg()[0]!
        const turns: Turn[] = []
        for (let turn = 0; turn < (quick ? 1 : TURNS); turn++) {
          status(`turn ${turn}`)
          const order = (['torch', 'auto', 'wasm'] as const).map((_, i, all) => all[(i + turn) % all.length]!)
          const took: Partial<Record<Way, Took>> = {}
          for (const way of order) took[way] = await sides[way]()
          turns.push(took as Turn)
        }
        const versions = await versionsOf(files, status)
        const on = `${machine(versions)} · load at the start of the turns ${load.toFixed(1)}`
        return report(turns, [tried, on], particles, quick)
      }),
    )
  },
}

async function versionsOf(
  files: Parameters<typeof DigitPeer.open>[1],
  status: (text: string) => void,
): Promise<Record<string, string>> {
  const peer = await DigitPeer.open(1, files, status)
  try {
    return await peer.versions()
  } finally {
    peer.close()
  }
}

const NAMES: Readonly<Record<Way, string>> = {
  torch: 'PyTorch',
  auto: 'variate',
  wasm: 'variate, wasm alone',
}

function report(turns: readonly Turn[], notes: readonly string[], particles: number, quick: boolean): Report {
  const ways = ['torch', 'auto', 'wasm'] as const
  const all = (way: Way, of: keyof Took): MedianInterval => medianInterval(turns.map((turn) => turn[way][of]))
  const over = (way: Way, of: keyof Took): MedianInterval =>
    medianInterval(turns.map((turn) => turn[way][of] / turn.torch[of]))
  const row = (name: string, { median, low, high }: MedianInterval, unit: string, most?: number) => [
    name,
    `${median.toPrecision(3)}${unit}`,
    `${low.toPrecision(3)} … ${high.toPrecision(3)}`,
    most === undefined ? '' : `≤ ${most.toFixed(1)}×`,
    most === undefined || quick ? '' : median <= most ? 'met' : 'missed',
  ]
  const likelihood = `log p(x) of the test set by ${particles} draws`
  const rows = [
    ...ways.map((way) => row(`${NAMES[way]}: an epoch`, all(way, 'epoch'), ' s')),
    row('variate: an epoch over PyTorch', over('auto', 'epoch'), '×', 1),
    row('variate, wasm alone: over PyTorch', over('wasm', 'epoch'), '×', 6),
    ...ways.map((way) => row(`${NAMES[way]}: processor time of an epoch`, all(way, 'processor'), ' s')),
    ...ways.map((way) => row(`${NAMES[way]}: from no program to one epoch`, all(way, 'start'), ' s')),
    row(`PyTorch: ${likelihood}`, all('torch', 'likelihood'), ' s'),
    row(`variate: ${likelihood}`, all('auto', 'likelihood'), ' s'),
    row('variate: over PyTorch', over('auto', 'likelihood'), '×'),
    ...ways.map((way) => row(`${NAMES[way]}: peak memory, GB`, scaled(all(way, 'peak'), 1e-9), '')),
    row('variate: peak over PyTorch', over('auto', 'peak'), '×', 1.5),
    row('variate, wasm alone: peak over PyTorch', over('wasm', 'peak'), '×', 1.5),
  ]
  return {
    title: 'A variational autoencoder, 784-400-20, on 9,000 digits, batch 128: as a user runs it',
    header: ['figure', 'found', 'interval', 'bar', ''],
    rows,
    notes: [
      `Medians of ${turns.length} turns of all sides, each in a process of its own; ratios turn by turn. An epoch is the difference of fits by their epochs.`,
      ...notes,
    ],
    failures: [],
    record: { notes, turns },
  }
}

function scaled({ median, low, high, coverage }: MedianInterval, by: number): MedianInterval {
  return { median: by * median, low: by * low, high: by * high, coverage }
}
