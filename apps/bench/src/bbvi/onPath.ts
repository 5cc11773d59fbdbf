import type { CompiledPeer, PeerWork } from '../compile/compiledPeer.ts'
import { faster } from '../compile/contest.ts'
import { disagreement } from '../compile/disagreement.ts'
import type { Inputs, Precision } from '../compile/numbers.ts'
import type { VariationalTask } from '../compile/variational.ts'
import type { MedianInterval } from '../medianInterval.ts'
import { laterMean, timerOf, type Fit, type Watch } from './fits.ts'
import { measureTurns, medianOf, ratioOf } from './turns.ts'

/** A model that `bbvi` fits, the bare compiled loop climbs, and NumPyro fits. */
export interface PathCase {
  readonly name: string
  readonly precision: Precision
  readonly peer: PeerWork
  readonly task: (quick: boolean) => VariationalTask
  readonly fit: (inputs: Inputs, precision: Precision, watch: Watch) => Fit
  /** The steps of a short and a long run, whose difference is timed; NumPyro's are slower. */
  readonly lengths: readonly [number, number]
  readonly peerLengths: readonly [number, number]
  /** How much the bounds of both may differ, in nats. */
  readonly tolerance: number
  /** NumPyro's time over ours, at least. */
  readonly target: number
}

export interface PathResult {
  readonly name: string
  readonly threads: string
  readonly seconds: Readonly<Record<Watch | 'bare' | 'peer', number>>
  /** A step of `bbvi` over one of the bare loop. */
  readonly overhead: Readonly<Record<Watch, MedianInterval>>
  /** NumPyro's step over one of `bbvi`. */
  readonly ratio: Readonly<Record<Watch, MedianInterval>>
  readonly target: number
  /** Of the bare loop and NumPyro, from the same noise. */
  readonly disagreement: number
  /** Of the bounds of `bbvi` and of the bare loop, in nats. */
  readonly apart: number
  readonly tolerance: number
}

interface Run {
  readonly turns: number
  readonly quick: boolean
  readonly status: (text: string) => void
}

export async function onPath(
  item: PathCase,
  peer: CompiledPeer,
  { turns, quick, status }: Run,
): Promise<PathResult> {
  const { precision, target, tolerance } = item
  const name = `${item.name}, ${precision}`
  const task = item.task(quick)
  for (const on of ['one', 'all'] as const) await peer.prepare(item.peer, task, on, precision)
  const apart = disagreement(task.values(), await peer.values('one', precision))
  const [lengths, peerLengths] = quick
    ? ([
        [10, 60],
        [10, 60],
      ] as const)
    : [item.lengths, item.peerLengths]
  const fits = {
    watched: item.fit(task.inputs, precision, 'watched'),
    unwatched: item.fit(task.inputs, precision, 'unwatched'),
  }
  const steps = lengths[1]
  const bounds = [laterMean(await fits.watched(steps)), laterMean(task.bounds(steps))]
  const theirs = (on: 'one' | 'all') => (count: number) => peer.run(count, on, precision)
  const threads = await faster(theirs, peerLengths)
  const bare = (count: number): Promise<number> => {
    const begin = performance.now()
    task.run(count)
    return Promise.resolve((performance.now() - begin) / 1000)
  }
  const sides = {
    bare,
    unwatched: timerOf(fits.unwatched),
    watched: timerOf(fits.watched),
    peer: theirs(threads),
  }
  const same = { bare: lengths, unwatched: lengths, watched: lengths, peer: peerLengths }
  const measured = await measureTurns(sides, same, turns, (turn) =>
    status(`${name}: turn ${turn} of ${turns}`),
  )
  const median = (side: keyof typeof sides): number => medianOf(measured, side)
  return {
    name,
    threads,
    target,
    tolerance,
    disagreement: apart,
    apart: Math.abs(bounds[0]! - bounds[1]!),
    seconds: {
      bare: median('bare'),
      unwatched: median('unwatched'),
      watched: median('watched'),
      peer: median('peer'),
    },
    overhead: {
      watched: ratioOf(measured, 'watched', 'bare'),
      unwatched: ratioOf(measured, 'unwatched', 'bare'),
    },
    ratio: {
      watched: ratioOf(measured, 'peer', 'watched'),
      unwatched: ratioOf(measured, 'peer', 'unwatched'),
    },
  }
}
