import '@tensorflow/tfjs-backend-cpu'
import { loadavg } from 'node:os'
import { setBackend } from '@tensorflow/tfjs-core'
import type { Benchmark } from '../benchmark.ts'
import { measureTurns } from '../bbvi/turns.ts'
import { disagreement } from '../compile/disagreement.ts'
import { dataOf } from '../compile/results.ts'
import { inPlainNode } from '../inPlainNode.ts'
import { machine } from '../machine.ts'
import { medianInterval } from '../medianInterval.ts'
import { ENGINES } from './engines.ts'
import { givenFor } from './given.ts'
import { imagesFor } from './imagesFor.ts'
import { startOf } from './parameters.ts'
import { Peers } from './peers.ts'
import { report, type EngineResult } from './report.ts'
import { FULL, SMALL } from './sizes.ts'
import type { MemoryFigures } from './slopeOf.ts'
import { stepTimer } from './stepTimer.ts'
import { train, trainOn } from './train.ts'

const TURNS = 9
const STEPS = 100
/** Steps of which both sides get the images and the noise. */
const COMPARED = 20
const LOSSES = 200
const LONG = 5000
const STARTS = 7

/** The training step of a variational autoencoder on MNIST against PyTorch and JAX: its time, its start and its memory. */
export const vae: Benchmark = {
  name: 'vae',
  about: 'the training step of a variational autoencoder: against PyTorch and JAX',
  async run({ quick, status }) {
    await setBackend('cpu')
    const sizes = quick ? SMALL : FULL
    const images = await imagesFor(sizes)
    const peers = await Peers.open(images, startOf(sizes, 0).parameters, sizes.batch, status)
    try {
      const { pixels, noise } = givenFor(sizes, images, quick ? 3 : COMPARED)
      const theirs = await peers.values(pixels, noise)
      status('losses, operation by operation')
      const losses = quick ? 5 : LOSSES
      const eager = dataOf((await train(sizes, images, losses, { engine: 'eager' })).outputs)
      const apart: Omit<EngineResult, 'seconds' | 'start' | 'memory'>[] = []
      for (const engine of ENGINES) {
        status(`${engine.name}: losses`)
        const own = dataOf((await train(sizes, images, losses, engine.options)).outputs)
        const given = dataOf((await trainOn(sizes, pixels, noise, engine.options)).outputs)
        apart.push({
          engine,
          fromEager: disagreement(own, eager),
          fromPeers: Math.max(...theirs.map((values) => disagreement(given, values))),
        })
      }

      await peers.choose(quick ? 2 : STEPS)
      const sides = {
        ...peers.timers(),
        ...Object.fromEntries(ENGINES.map(({ name, options }) => [name, stepTimer(sizes, images, options)])),
      }
      const lengths = Object.fromEntries(
        Object.keys(sides).map((name) => [name, [0, quick ? 2 : STEPS] as const]),
      )
      const load = loadavg()[0]!
      const turns = await measureTurns(sides, lengths, quick ? 1 : TURNS, (turn) => status(`turn ${turn}`))

      const results: EngineResult[] = []
      for (const item of apart) {
        const { name, options } = item.engine
        status(`${name}: start and memory`)
        const [starts, memory] = await inPlainNode(new URL('child.ts', import.meta.url), async (run) => {
          const child = async (steps: number) =>
            JSON.parse(await run([steps, JSON.stringify(options)])) as MemoryFigures & { seconds: number }
          const seconds: number[] = []
          for (let i = 0; i < (quick ? 1 : STARTS); i++) seconds.push((await child(1)).seconds)
          return [seconds, await child(quick ? 20 : LONG)] as const
        })
        results.push({
          ...item,
          seconds: turns.map((turn) => turn[name]!),
          start: medianInterval(starts),
          memory,
        })
      }
      const peak = await peers.peakOfTorch(quick ? 20 : LONG)
      return report(results, {
        peers: peers.chosen(),
        seconds: { torch: turns.map(({ torch }) => torch!), jax: turns.map(({ jax }) => jax!) },
        peak,
        notes: peers.notes,
        quick,
        turns: quick ? 1 : TURNS,
        on: `${machine(await peers.versions())} · load at the start of the turns ${load.toFixed(1)}`,
      })
    } finally {
      await peers.close()
    }
  },
}
