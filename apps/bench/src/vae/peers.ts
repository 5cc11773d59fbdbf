import type { NdArray } from '@variate/core'
import type { Timer } from '../measurePairs.ts'
import { medianInterval } from '../medianInterval.ts'
import type { Parameters } from './parameters.ts'
import { LIBRARIES, VaePeer, type Library } from './vaePeer.ts'

type Plain = NdArray<Float32Array>
type Side = 'torch' | 'jax'

/** A library and its threads. */
export interface Way {
  readonly library: Library
  readonly threads: 'one' | 'all'
}

const SIDES: Readonly<Record<Side, readonly Library[]>> = { torch: ['torch', 'compiled'], jax: ['jax'] }
const TRIALS = 3

/** PyTorch and JAX, each in the way that it is fastest in. */
export class Peers {
  /** What the ways that were tried took, and which could not be. */
  readonly notes: string[] = []
  readonly #open: Map<Way, VaePeer>
  readonly #fresh: () => Promise<VaePeer>
  readonly #best = new Map<Side, Way>()

  private constructor(open: Map<Way, VaePeer>, fresh: () => Promise<VaePeer>) {
    this.#open = open
    this.#fresh = fresh
  }

  static async open(
    images: Plain,
    start: Parameters<Plain>,
    batch: number,
    status: (text: string) => void,
  ): Promise<Peers> {
    const prepared = async ({ library, threads }: Way): Promise<VaePeer> => {
      const peer = await VaePeer.open(library, threads, status)
      try {
        await peer.prepare(images, start, batch)
        return peer
      } catch (error) {
        await peer.close()
        throw error
      }
    }
    const open = new Map<Way, VaePeer>()
    const peers = new Peers(open, () => prepared({ library: 'torch', threads: 'all' }))
    try {
      for (const library of LIBRARIES)
        for (const threads of ['one', 'all'] as const) {
          const way = { library, threads }
          open.set(way, await prepared(way))
        }
      return peers
    } catch (error) {
      // A process that is left would keep this one alive.
      await peers.close()
      throw error
    }
  }

  /** The losses of steps that are given their images and noise: of PyTorch, and of JAX. */
  async values(pixels: Plain, noise: Plain): Promise<readonly (readonly number[])[]> {
    const one = [...this.#open].filter(
      ([{ library, threads }]) => library !== 'compiled' && threads === 'one',
    )
    const losses: (readonly number[])[] = []
    for (const [, peer] of one) losses.push(await peer.values(pixels, noise))
    return losses
  }

  /** Tries all ways: from then on there is the fastest of each side, which is measured. */
  async choose(steps: number): Promise<void> {
    for (const side of Object.keys(SIDES) as Side[]) {
      let least = Infinity
      for (const [way, peer] of this.#open) {
        if (!SIDES[side].includes(way.library)) continue
        try {
          await peer.run(steps)
          const seconds: number[] = []
          for (let trial = 0; trial < TRIALS; trial++) seconds.push((await peer.run(steps)).seconds / steps)
          const { median } = medianInterval(seconds)
          this.notes.push(`${nameOf(way)} ${(1000 * median).toPrecision(3)} ms`)
          if (median >= least) continue
          least = median
          this.#best.set(side, way)
        } catch (error) {
          if (way.library !== 'compiled') throw error
          this.notes.push(`${nameOf(way)} fails (${(error as Error).message.split('\n')[0]!.slice(0, 80)})`)
        }
      }
    }
    const best = new Set(this.#best.values())
    for (const [way, peer] of this.#open) {
      if (best.has(way)) continue
      this.#open.delete(way)
      await peer.close()
    }
  }

  /** The ways that are measured, in words. */
  chosen(): Readonly<Record<Side, string>> {
    return { torch: nameOf(this.#best.get('torch')!), jax: nameOf(this.#best.get('jax')!) }
  }

  timers(): Readonly<Record<Side, Timer>> {
    const timer =
      (side: Side): Timer =>
      async (steps) =>
        steps === 0 ? 0 : (await this.#open.get(this.#best.get(side)!)!.run(steps)).seconds
    return { torch: timer('torch'), jax: timer('jax') }
  }

  /** The most memory that PyTorch has in so many steps, in bytes. */
  async peakOfTorch(steps: number): Promise<number> {
    const peer = await this.#fresh()
    try {
      await peer.run(steps)
      return await peer.peak()
    } finally {
      await peer.close()
    }
  }

  async versions(): Promise<Record<string, string>> {
    const all: Record<string, string> = {}
    for (const peer of this.#open.values()) Object.assign(all, await peer.versions())
    return all
  }

  async close(): Promise<void> {
    for (const peer of this.#open.values()) await peer.close()
  }
}

function nameOf({ library, threads }: Way): string {
  const names = { torch: 'PyTorch', compiled: 'PyTorch by torch.compile', jax: 'JAX' }
  return `${names[library]}, ${threads === 'one' ? 'one thread' : 'all threads'}`
}
