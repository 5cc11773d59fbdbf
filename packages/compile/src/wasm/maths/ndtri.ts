import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { copySign } from './copySign.ts'
import { horner } from './horner.ts'
import { log } from './log.ts'

// In float64: quotients of polynomials, interpolated at Chebyshev nodes.

/** (erfinv(y)/y − √π/2)/y² for |y| ≤ `CENTRE`, in 0.52 − y². */
const CENTRE = 0.72
const CENTRAL = [
  [
    0.33761982454753275, 1.7041576739232733, 3.095585983001044, 2.4468959249271465, 0.8006708839482979,
    0.08063743309441225, 0.0003015888683657413,
  ],
  [
    1, 6.032525563636183, 13.82276769869642, 15.015683397207418, 7.862342279814821, 1.778058840142455,
    0.12326324226982717,
  ],
] as const

/** What r = √(−log p) is more than erfinv(1 − 2p), in r − 1.5, down to the least p. */
const TAIL = [
  [
    0.6151457160705001, 1.4391407776658995, 1.4034190817956949, 0.745955754398775, 0.2362257304819375,
    0.04542720010795943, 0.005160597034538666, 0.0003239106613080196, 1.0086172014019356e-5,
    1.306366240353819e-7, 4.877741691501532e-10, 7.287493948353733e-14,
  ],
  [
    1, 2.7072783376286, 3.114362754607587, 1.9956053161956528, 0.783122025954848, 0.19421651947145985,
    0.030208439900257424, 0.0028284382158203663, 0.0001480055415813522, 3.857137398751422e-6,
    4.1375044352266384e-8, 1.2128918384590752e-10,
  ],
] as const

function quotient(l: Lanes, [numerator, denominator]: readonly (readonly number[])[], x: Value): Value {
  return l.div(horner(l, numerator!, x), horner(l, denominator!, x))
}

/** erfinv(y) of y and p = (1 − |y|)/2. */
function ofBoth(l: Lanes, y: Value, p: Value): Value {
  const square = l.mul(y, y)
  const slope = l.add(
    l.constant(Math.sqrt(Math.PI) / 2),
    l.mul(square, quotient(l, CENTRAL, l.sub(l.constant(0.52), square))),
  )
  const root = l.sqrt(l.neg(log(l, p)))
  const isEnd = l.eq(p, l.constant(0))
  const far = l.select(isEnd, root, l.sub(root, quotient(l, TAIL, l.sub(root, l.constant(1.5)))))
  return l.select(l.gt(l.abs(y), l.constant(CENTRE)), copySign(l, far, y), l.mul(y, slope))
}

/** The inverse of the error function. */
export function erfinv(l: Lanes, y: Value): Value {
  return ofBoth(l, y, l.mul(l.constant(0.5), l.sub(l.constant(1), l.abs(y))))
}

/** Φ⁻¹(p), the quantile function of the standard normal distribution. */
export function ndtri(l: Lanes, p: Value): Value {
  const y = l.mul(l.constant(2), l.sub(p, l.constant(0.5)))
  const tail = l.min(p, l.sub(l.constant(1), p))
  return l.mul(l.constant(Math.SQRT2), ofBoth(l, y, tail))
}
