import { DomainError, ndarray, ShapeError, type NdArray, type NumericArray } from '@variate/core'

/** From the least to the greatest value of one coordinate. */
export type Domain = readonly [number, number]

/** The log density at points of shape [m, 2], one number for each. */
export type LogDensity = (points: NdArray<Float64Array>) => ArrayLike<number> | NdArray<NumericArray>

export interface DensityGrid {
  /** The log density at the centres of the cells, row by row from the lowest row up; −Infinity allowed. */
  readonly values: Float64Array
  /** How many cells there are, and which rectangle they fill: named as Plot's marks name it. */
  readonly place: {
    readonly width: number
    readonly height: number
    readonly x1: number
    readonly x2: number
    readonly y1: number
    readonly y2: number
  }
}

const WIDTH = 200
const HEIGHT = 140

/**
 * A log density on a regular grid over the picture, two cells more on each side: a contour that leaves the
 * picture is then cut by it, not closed along its edge.
 *
 * @throws ShapeError if `logProb` gives not one number a point; DomainError if one is NaN or +Infinity, or
 * all are -Infinity.
 */
export function densityGrid(logProb: LogDensity, x: Domain, y: Domain): DensityGrid {
  const [cellWidth, cellHeight] = [(x[1] - x[0]) / (WIDTH - 4), (y[1] - y[0]) / (HEIGHT - 4)]
  const [x1, y1] = [x[0] - 2 * cellWidth, y[0] - 2 * cellHeight]
  const points = new Float64Array(2 * WIDTH * HEIGHT)
  for (let cell = 0; cell < WIDTH * HEIGHT; cell++) {
    points[2 * cell] = x1 + cellWidth * ((cell % WIDTH) + 0.5)
    points[2 * cell + 1] = y1 + cellHeight * (Math.floor(cell / WIDTH) + 0.5)
  }
  const result = logProb(ndarray(points, [WIDTH * HEIGHT, 2]))
  const values = Float64Array.from('shape' in result ? result.data : result)
  check(values, points)
  const [x2, y2] = [x1 + WIDTH * cellWidth, y1 + HEIGHT * cellHeight]
  return { values, place: { width: WIDTH, height: HEIGHT, x1, x2, y1, y2 } }
}

/** Contours are interpolated between cells, which −Infinity would spoil: just below the rest will do. */
export function aboveFloor(values: Float64Array): Float64Array {
  const least = values.reduce((low, value) => (value > -Infinity ? Math.min(low, value) : low), Infinity)
  return values.map((value) => Math.max(value, least - 10))
}

function check(values: Float64Array, points: Float64Array): void {
  if (values.length !== WIDTH * HEIGHT) {
    throw new ShapeError(`densityContours: logProb must give ${WIDTH * HEIGHT} numbers, got ${values.length}`)
  }
  const bad = values.findIndex((value) => !(value < Infinity))
  if (bad >= 0) {
    const point = `(${points[2 * bad]}, ${points[2 * bad + 1]})`
    throw new DomainError(`densityContours: logProb must be below Infinity, got ${values[bad]} at ${point}`)
  }
  if (values.every((value) => value === -Infinity)) {
    throw new DomainError('densityContours: logProb is -Infinity in the whole picture')
  }
}
