import type { Distribution } from '@variate/distributions'
import { densities, type Curves, type Nested } from './picture.ts'

export type Point = readonly [x: number, y: number]

const STEPS = 300
const BISECTIONS = 24

/** The density as points from left to right, with a step at each end of the support. */
export function curveOf(
  distribution: Distribution,
  { over, between: [low, high] = over, event = (x: number): Nested => x }: Curves,
): readonly Point[] {
  const at = (xs: readonly number[]): Float64Array =>
    densities(
      distribution,
      xs.map((x) => event(x)),
    )
  const xs = Array.from({ length: STEPS + 1 }, (_, i) => low + ((high - low) * i) / STEPS)
  const values = at(xs)
  return xs.flatMap((x, i): readonly Point[] => {
    const here: Point = [x, values[i]!]
    const isStep = i > 0 && (values[i - 1] === 0) !== (values[i] === 0)
    if (!isStep) return [here]
    const [inside, outside] = values[i] === 0 ? [xs[i - 1]!, x] : [x, xs[i - 1]!]
    const edge = edgeOf(inside, outside, (middle) => at([middle])[0]! > 0)
    const [value] = at([edge])
    const [from, to]: readonly Point[] = [
      [edge, value!],
      [edge, 0],
    ]
    return values[i] === 0 ? [from!, to!, here] : [to!, from!, here]
  })
}

/** The last point of the support on the way from inside to outside. */
function edgeOf(inside: number, outside: number, isInside: (x: number) => boolean): number {
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = (inside + outside) / 2
    if (isInside(middle)) inside = middle
    else outside = middle
  }
  return inside
}

/** The curve below a height, in pieces. */
export function below(points: readonly Point[], top: number): readonly (readonly Point[])[] {
  const pieces: Point[][] = [[]]
  points.forEach(([x, y], i) => {
    const before = points[i - 1]
    if (before && y > top !== before[1] > top) {
      const [x0, y0] = before
      const share = Math.min(
        Math.max((top - Math.min(y0, 1e9)) / (Math.min(y, 1e9) - Math.min(y0, 1e9)), 0),
        1,
      )
      if (y <= top) pieces.push([])
      pieces.at(-1)!.push([x0 + share * (x - x0), top])
    }
    if (y <= top) pieces.at(-1)!.push([x, y])
  })
  return pieces.filter((piece) => piece.length > 1)
}

/** The same line by fewer points: none of the others is further from it than a tolerance. Ramer, 1972. */
export function simplify(points: readonly Point[], tolerance: number, [sx, sy]: Point): readonly Point[] {
  if (points.length < 3) return points
  const [x0, y0] = points[0]!
  const [x1, y1] = points.at(-1)!
  const [dx, dy] = [(x1 - x0) * sx, (y1 - y0) * sy]
  const length = Math.hypot(dx, dy) || 1
  let [furthest, distance] = [0, tolerance]
  points.forEach(([x, y], i) => {
    const off = Math.abs((x - x0) * sx * dy - (y - y0) * sy * dx) / length
    if (off > distance) [furthest, distance] = [i, off]
  })
  if (furthest === 0) return [points[0]!, points.at(-1)!]
  const left = simplify(points.slice(0, furthest + 1), tolerance, [sx, sy])
  return [...left.slice(0, -1), ...simplify(points.slice(furthest), tolerance, [sx, sy])]
}
