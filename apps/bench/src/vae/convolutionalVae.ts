import '@tensorflow/tfjs-backend-cpu'
import { loadavg } from 'node:os'
import { dispose, setBackend } from '@tensorflow/tfjs-core'
import type { NdArray } from '@variate/core'
import { mnist } from '@variate/data'
import type { Benchmark } from '../benchmark.ts'
import { measureTurns, medianOf, type Turn } from '../bbvi/turns.ts'
import { disagreement } from '../compile/disagreement.ts'
import { time } from '../compile/report.ts'
import { dataOf } from '../compile/results.ts'
import { machine } from '../machine.ts'
import type { Timer } from '../measurePairs.ts'
import { medianInterval } from '../medianInterval.ts'
import { ENGINES } from './engines.ts'
import { givenFor } from './given.ts'
import { CONVOLUTIONAL, networkOf, SIDE, SMALL_CONVOLUTIONAL } from './network.ts'
import { trainConvolutional, trainConvolutionalOn } from './trainConvolutional.ts'
import { VaePeer } from './vaePeer.ts'

const TURNS = 9
const LENGTHS = [10, 50] as const
/** Steps of which both sides get the images and the noise, and how far their losses may be apart, relatively. */
const [COMPARED, APART] = [10, 1e-3]
/** The most that a step may take, times PyTorch's at its better number of threads. */
const MOST = 1.2

/** The training step of a convolutional variational autoencoder on MNIST against PyTorch. */
export const convolutionalVae: Benchmark = {
  name: 'convolutional-vae',
  about: 'the training step of a convolutional variational autoencoder: against PyTorch',
  async run({ quick, status }) {
    await setBackend('cpu')
    const sizes = quick ? SMALL_CONVOLUTIONAL : CONVOLUTIONAL
    const { images } = await mnist({ count: sizes.images })
    const threads = ['one', 'all'] as const
    const peers: VaePeer[] = []
    try {
      // One after the other: the first may have to set Python up.
      for (const count of threads) peers.push(await VaePeer.open('convolutional', count, status))
      const network = networkOf(sizes, 0).network as unknown as Readonly<
        Record<string, NdArray<Float32Array>>
      >
      for (const peer of peers) await peer.prepare(images, network, sizes.batch)
      const given = givenFor({ ...sizes, pixels: SIDE * SIDE, hidden: 0 }, images, quick ? 2 : COMPARED)
      const theirs = await peers[0]!.values(given.pixels, given.noise)
      const apart: number[] = []
      const sides: Record<string, Timer> = {}
      for (const [i, count] of threads.entries())
        sides[`PyTorch, ${count === 'one' ? 'one thread' : 'all cores'}`] = async (steps) =>
          (await peers[i]!.run(steps)).seconds
      for (const { name, options } of ENGINES) {
        status(`${name}: losses`)
        apart.push(disagreement(dataOf((await trainConvolutionalOn(sizes, given, options)).outputs), theirs))
        sides[name] = async (steps) => {
          const begin = performance.now()
          const { state, outputs } = await trainConvolutional(sizes, images, steps, options)
          const seconds = (performance.now() - begin) / 1000
          dispose([outputs, ...Object.values(state).flatMap((part) => Object.values(part))])
          return seconds
        }
      }
      const names = Object.keys(sides)
      const lengths = Object.fromEntries(names.map((name) => [name, quick ? ([1, 2] as const) : LENGTHS]))
      const load = loadavg()[0]!
      const turns = await measureTurns(sides, lengths, quick ? 1 : TURNS, (turn) => status(`turn ${turn}`))
      const torch = names.slice(0, 2).toSorted((a, b) => medianOf(turns, a) - medianOf(turns, b))[0]!
      return {
        title: `Convolutional autoencoder: a step of ${sizes.batch} images, ${sizes.channels.join(' and ')} channels`,
        header: ['side', 'a step', '95 % interval', `times ${torch}`, `≤ ${MOST}×`],
        rows: names.map((name) => rowOf(turns, name, torch, names.indexOf(name) < 2 || quick)),
        notes: [
          `Losses of ${given.noise.shape[0]} steps with the same images and noise are at most ${Math.max(...apart).toPrecision(2)} apart, relatively.`,
          `Medians of ${turns.length} turns. ${machine(await peers[0]!.versions())} · load at their start ${load.toFixed(1)}`,
        ],
        failures: apart.some((gap) => !(gap <= APART))
          ? [`losses differ from PyTorch's: ${apart.join(', ')}`]
          : [],
        record: { turns, apart, load },
      }
    } finally {
      for (const peer of peers) await peer.close()
    }
  },
}

function rowOf(
  turns: readonly Turn<string>[],
  name: string,
  torch: string,
  isPeer: boolean,
): readonly string[] {
  const { median, low, high } = medianInterval(turns.map((turn) => turn[name]!))
  const times = medianInterval(turns.map((turn) => turn[name]! / turn[torch]!)).median
  const verdict = isPeer ? '' : times <= MOST ? 'met' : 'missed'
  return [name, time(median), `${time(low)} … ${time(high)}`, `${times.toPrecision(3)}×`, verdict]
}
