/** The memory of a process that takes steps, in bytes. */
export interface MemoryFigures {
  /** How much more there is after a step, on average, once the first fifth of the steps is gone. */
  readonly slope: number
  /** The most that the operating system gave the process. */
  readonly peak: number
}

/** The slope of the line of least squares; 0 for fewer than two points. */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  if (points.length < 2) return 0
  const mean = (i: 0 | 1): number => points.reduce((sum, point) => sum + point[i], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  let [products, squares] = [0, 0]
  for (const point of points) {
    products += (point[0] - x) * (point[1] - y)
    squares += (point[0] - x) ** 2
  }
  return products / squares
}
