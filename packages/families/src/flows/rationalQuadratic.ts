import type { Tensor } from '@tensorflow/tfjs-core'
import {
  abs,
  add,
  cast,
  clip,
  cumsum,
  div,
  greaterEqual,
  less,
  log,
  mul,
  neg,
  pad,
  pick,
  reshape,
  slice,
  softmax,
  softplus,
  sqrt,
  square,
  sub,
  sum,
  where,
} from '@variate/core/ops'
import type { Elementwise } from './coupling.ts'
import { back } from './layer.ts'

/** The least part of the range that a bin has, in both directions, and the least slope at a knot. */
const LEAST = 1e-3

/** Where softplus is 1 − LEAST. */
const UNIT = Math.log(Math.expm1(1 - LEAST))

/**
 * Monotone splines from [−range, range] onto itself, a quotient of quadratics in each of some bins, with any widths, heights and
 * slopes at knots; outside the identity.
 *
 * @see Durkan, Bekasov, Murray and Papamakarios, Neural Spline Flows (NeurIPS 2019), §3.1; Gregory and Delbourgo, Piecewise Rational
 *   Quadratic Interpolation to Monotonic Data (1982).
 */
export function rationalQuadratic(bins: number, range: number): Elementwise {
  const inside = (x: Tensor): Tensor => less(abs(x), range)
  const kept = (isInside: Tensor, image: Tensor, x: Tensor, logSlope: Tensor) =>
    [where(isInside, image, x) as Tensor, sum(where(isInside, logSlope, 0) as Tensor)] as const
  return {
    shapes: 3 * bins - 1,
    forward: (shape, x) => {
      const { widths, heights, slopes } = knotsOf(shape, bins, range)
      const at = clip(x, -range, range)
      const bin = binAt(widths, heights, slopes, widths, at)
      const part = div(sub(at, bin.left), bin.width)
      const [rise, both] = [div(bin.height, bin.width), mul(part, sub(1, part))]
      const above = mul(bin.height, add(mul(rise, square(part)), mul(bin.slope, both)))
      const below = add(rise, mul(bend(bin, rise), both))
      const isInside = inside(x)
      const [vector, logDet] = kept(isInside, add(bin.bottom, div(above, below)), x, logSlopeOf(bin, part))
      return { vector, logDet }
    },
    inverse: (shape, y) => {
      const { widths, heights, slopes } = knotsOf(shape, bins, range)
      const at = clip(y, -range, range)
      const bin = binAt(widths, heights, slopes, heights, at)
      const rise = div(bin.height, bin.width)
      const up = sub(at, bin.bottom)
      const bent = mul(up, bend(bin, rise))
      const a = add(mul(bin.height, sub(rise, bin.slope)), bent)
      const b = sub(mul(bin.height, bin.slope), bent)
      const c = neg(mul(rise, up))
      const root = sqrt(sub(square(b), mul(mul(4, a), c)))
      const part = div(mul(2, c), sub(neg(b), root))
      const isInside = inside(y)
      const x = add(bin.left, mul(part, bin.width))
      const [vector, logDet] = kept(isInside, x, y, logSlopeOf(bin, part))
      return back(vector, logDet)
    },
  }
}

/** A bin for each number: where it begins and ends, and the slopes there. */
interface Bin {
  readonly left: Tensor
  readonly width: Tensor
  readonly bottom: Tensor
  readonly height: Tensor
  readonly slope: Tensor
  readonly nextSlope: Tensor
}

/** The lengths of bins, [n, bins], and slopes at knots, [n, bins + 1]. */
function knotsOf(shape: Tensor, bins: number, range: number) {
  const rows = reshape(shape, [-1, 3 * bins - 1])
  const count = rows.shape[0]!
  const lengths = (from: number): Tensor =>
    mul(2 * range, add(LEAST, mul(1 - LEAST * bins, softmax(slice(rows, [0, from], [count, bins])))))
  const inner = add(LEAST, softplus(add(slice(rows, [0, 2 * bins], [count, bins - 1]), UNIT)))
  const ends = [
    [0, 0],
    [1, 1],
  ]
  return {
    widths: knots(lengths(0), range),
    heights: knots(lengths(bins), range),
    slopes: pad(inner, ends, 1),
  }
}

/** Lengths, and where each begins. */
function knots(lengths: Tensor, range: number): Knots {
  return { lengths, begins: sub(sub(cumsum(lengths), lengths), range) }
}

interface Knots {
  readonly lengths: Tensor
  readonly begins: Tensor
}

/** The bins in which numbers are, by the knots along their own axis. */
function binAt(widths: Knots, heights: Knots, slopes: Tensor, own: Knots, at: Tensor): Bin {
  const [count, bins] = own.begins.shape as [number, number]
  const inner = slice(own.begins, [0, 1], [count, bins - 1])
  const passed = cast(greaterEqual(reshape(at, [count, 1]), inner), 'float32')
  const index = cast(sum(passed, -1), 'int32')
  return {
    left: pick(widths.begins, index),
    width: pick(widths.lengths, index),
    bottom: pick(heights.begins, index),
    height: pick(heights.lengths, index),
    slope: pick(slopes, index),
    nextSlope: pick(slopes, add(index, 1)),
  }
}

function bend({ slope, nextSlope }: Bin, rise: Tensor): Tensor {
  return sub(add(slope, nextSlope), mul(2, rise))
}

/** log dy/dx at a part of the way through a bin. */
function logSlopeOf(bin: Bin, part: Tensor): Tensor {
  const rest = sub(1, part)
  const rise = div(bin.height, bin.width)
  const both = mul(part, rest)
  const above = add(
    add(mul(bin.nextSlope, square(part)), mul(mul(2, rise), both)),
    mul(bin.slope, square(rest)),
  )
  const below = add(rise, mul(bend(bin, rise), both))
  return add(mul(2, log(div(rise, below))), log(above))
}
