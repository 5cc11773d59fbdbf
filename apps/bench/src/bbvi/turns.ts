import { perIteration, type Timer } from '../measurePairs.ts'
import { medianInterval, type MedianInterval } from '../medianInterval.ts'

/** Seconds per step of each side, of one length. */
export type Turn<Side extends string> = Readonly<Record<Side, number>>

/** Seconds per step of several sides that take turns; the side that begins changes from turn to turn. */
export async function measureTurns<Side extends string>(
  sides: Readonly<Record<Side, Timer>>,
  lengths: Readonly<Record<Side, readonly [number, number]>>,
  turns: number,
  onTurn: (done: number) => void,
): Promise<readonly Turn<Side>[]> {
  const names = Object.keys(sides) as Side[]
  const measured: Turn<Side>[] = []
  // The first turn is the warm-up.
  for (let turn = 0; turn <= turns; turn++) {
    onTurn(turn)
    const order = names.map((_, i) => names[(i + turn) % names.length]!)
    const seconds: Partial<Record<Side, number>> = {}
    for (const name of order) {
      const [short, long] = lengths[name]
      seconds[name] = await perIteration(sides[name], short, long)
    }
    if (turn > 0) measured.push(seconds as Turn<Side>)
  }
  return measured
}

export function medianOf<Side extends string>(turns: readonly Turn<Side>[], side: Side): number {
  return medianInterval(turns.map((turn) => turn[side])).median
}

/** How much longer one side takes than another, turn by turn. */
export function ratioOf<Side extends string>(
  turns: readonly Turn<Side>[],
  side: Side,
  to: Side,
): MedianInterval {
  return medianInterval(turns.map((turn) => turn[side] / turn[to]))
}
