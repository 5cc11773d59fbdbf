import { measurePairs, perIteration, type Timer } from '../measurePairs.ts'
import { medianInterval, type MedianInterval } from '../medianInterval.ts'
import type { Case } from './cases.ts'
import { THREADS, type CompiledPeer, type Threads } from './compiledPeer.ts'
import { disagreement } from './disagreement.ts'

export interface Result {
  readonly name: string
  readonly opponent: string
  readonly unit: 'step' | 'call'
  readonly precision: string
  readonly target: number
  /** What the opponent was faster with. */
  readonly threads: Threads
  /** Seconds for one step or call. */
  readonly ours: number
  readonly peer: number
  readonly ratio: MedianInterval
  readonly disagreement: number
  readonly tolerance: number
  /** Operations that our compiled code called JavaScript for. */
  readonly called: readonly string[]
}

interface Run {
  readonly pairs: number
  readonly quick: boolean
  readonly status: (text: string) => void
}

/** Both sides' values compared, then their times in turns, the opponent with the threads that it is faster with. */
export async function contest(
  item: Case,
  peer: CompiledPeer,
  { pairs, quick, status }: Run,
): Promise<Result> {
  const { precision, tolerance, target, name, opponent, unit } = item
  const tell = (what: string): void => status(`${name}, ${precision}: ${what}`)
  tell('values')
  const task = item.ours(quick)
  for (const on of THREADS) await peer.prepare(item.peer, task, on, precision)
  const apart = disagreement(task.values(), await peer.values('one', precision))

  const lengths = quick ? ([1, 3] as const) : item.lengths
  const ours: Timer = (repeats) => {
    const begin = performance.now()
    task.run(repeats)
    return Promise.resolve((performance.now() - begin) / 1000)
  }
  const theirs =
    (on: Threads): Timer =>
    (repeats) =>
      peer.run(repeats, on, precision)
  tell('threads')
  const threads = await faster(theirs, lengths)
  await measurePairs({ ours, peer: theirs(threads) }, lengths, 2) // warm-up
  const measured = await measurePairs({ ours, peer: theirs(threads) }, lengths, pairs, (done) =>
    tell(`pair ${done + 1} of ${pairs}`),
  )
  return {
    name,
    opponent,
    unit,
    precision,
    target,
    threads,
    tolerance,
    ours: medianInterval(measured.map((pair) => pair.ours)).median,
    peer: medianInterval(measured.map((pair) => pair.peer)).median,
    ratio: medianInterval(measured.map((pair) => pair.peer / pair.ours)),
    disagreement: apart,
    called: task.called(),
  }
}

/** The threads that the opponent is faster with. */
export async function faster(
  timer: (on: Threads) => Timer,
  [short, long]: readonly [number, number],
): Promise<Threads> {
  let [best, least]: [Threads, number] = ['one', Infinity]
  for (const on of THREADS) {
    const seconds: number[] = []
    for (let times = 0; times < 3; times++) seconds.push(await perIteration(timer(on), short, long))
    const { median } = medianInterval(seconds)
    if (median < least) [best, least] = [on, median]
  }
  return best
}
