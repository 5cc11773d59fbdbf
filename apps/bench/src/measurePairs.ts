/** Seconds that each side took in turns, of one length. */
export interface Pair {
  readonly ours: number
  readonly peer: number
}

/** How long work of some length takes, in seconds. */
export type Timer = (iterations: number) => Promise<number>

/**
 * Seconds per iteration of both sides, taking turns, so that what else the machine does meets both alike; the
 * side that begins changes from pair to pair. The difference of a long and a short run leaves out everything
 * that is done once.
 */
export async function measurePairs(
  sides: { readonly ours: Timer; readonly peer: Timer },
  [short, long]: readonly [number, number],
  pairs: number,
  onPair: (done: number) => void = () => {},
): Promise<Pair[]> {
  const measured: Pair[] = []
  for (let pair = 0; pair < pairs; pair++) {
    onPair(pair)
    const seconds = { ours: 0, peer: 0 }
    for (const side of pair % 2 === 0 ? (['ours', 'peer'] as const) : (['peer', 'ours'] as const)) {
      seconds[side] = await perIteration(sides[side], short, long)
    }
    measured.push(seconds)
  }
  return measured
}

/** Seconds that one more iteration takes. */
export async function perIteration(timer: Timer, short: number, long: number): Promise<number> {
  const first = await timer(short)
  return ((await timer(long)) - first) / (long - short)
}
