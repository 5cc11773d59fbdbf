/** Where an axis is marked, and what is written there. */
export interface Ticks {
  readonly ticks: readonly number[]
  readonly tickFormat: (tick: number) => string
}

/**
 * Round numbers from `low` to `high`: multiples of 1, 2 or 5 times a power of ten, at most about `count`.
 *
 * @param least the smallest interval, 1 for what is counted.
 */
export function niceTicks(low: number, high: number, count: number, least = 0): Ticks {
  const rough = Math.max((high - low) / count, least)
  const power = 10 ** Math.floor(Math.log10(rough) + 1e-9)
  const interval = [1, 2, 5, 10]
    .map((factor) => factor * power)
    .find((candidate) => candidate >= rough * 0.999)!
  const begin = Math.ceil(low / interval - 1e-9)
  const end = Math.floor(high / interval + 1e-9)
  const decimals = Math.min(20, Math.max(0, -Math.floor(Math.log10(interval) + 1e-9)))
  const format = { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  return {
    ticks: Array.from({ length: end - begin + 1 }, (_, i) => (begin + i) * interval),
    tickFormat: (tick) => tick.toLocaleString('en-US', format).replace('-', '−'),
  }
}

/** Pixels of a digit of 12 px, and those between one number and the next along an axis, at least. */
const DIGIT = 7
const GAP = 14

/**
 * As many round numbers from `low` to `high`, up to about ten, as can be written side by side along an axis
 * of so many pixels; a single one, if there is no room for two.
 *
 * @param least the smallest interval, 1 for what is counted.
 */
export function ticksAlong(low: number, high: number, pixels: number, least = 0): Ticks {
  const pixelsPerUnit = pixels / (high - low)
  let axis = niceTicks(low, high, 10, least)
  for (let count = 9; count > 0 && overlap(axis, pixelsPerUnit); count--) {
    const sparser = niceTicks(low, high, count, least)
    if (sparser.ticks.length > 0) axis = sparser
  }
  return overlap(axis, pixelsPerUnit) ? { ...axis, ticks: axis.ticks.slice(-1) } : axis
}

/** Whether numbers along an axis would touch, at so many pixels a unit; the ticks are in ascending order. */
export function overlap({ ticks, tickFormat }: Ticks, pixelsPerUnit: number): boolean {
  const needed = DIGIT * longest({ ticks, tickFormat }) + GAP
  return ticks.some((tick, i) => i > 0 && (tick - ticks[i - 1]!) * pixelsPerUnit < needed)
}

/** The pixels that numbers of 12 px beside an axis need, with their distance to it and the axis label. */
export function tickMargin(axis: Ticks): number {
  return Math.ceil(28 + 12 + DIGIT * longest(axis) + 8)
}

function longest({ ticks, tickFormat }: Ticks): number {
  return Math.max(...ticks.map((tick) => tickFormat(tick).length))
}
