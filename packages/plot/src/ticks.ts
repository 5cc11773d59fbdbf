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

/** The pixels that numbers of 12 px beside an axis need, with their distance to it and the axis label. */
export function tickMargin({ ticks, tickFormat }: Ticks): number {
  const longest = Math.max(...ticks.map((tick) => tickFormat(tick).length))
  return Math.ceil(28 + 12 + 7 * longest + 8)
}
