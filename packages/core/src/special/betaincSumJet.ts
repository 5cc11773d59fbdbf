/** A function of (a, b) and its partial derivatives of first and second order. */
export interface Jet {
  value: number
  a: number
  b: number
  aa: number
  ab: number
  bb: number
}

const sum: Jet = { value: 0, a: 0, b: 0, aa: 0, ab: 0, bb: 0 }

/** ₂F₁(1, a + b; a + 1; x) = 1 + (a + b)·U by its power series; logarithmic derivatives of the terms are summed. */
export function betaincSeriesJet(a: number, b: number, x: number): Jet {
  const both = a + b
  let term = x / (a + 1)
  let la = -1 / (a + 1)
  let lb = 0
  let laa = 1 / ((a + 1) * (a + 1))
  let lbb = 0
  let u = term
  let ua = term * la
  let ub = 0
  let uaa = term * (la * la + laa)
  let uab = 0
  let ubb = 0
  for (let n = 2; ; n++) {
    const numerator = 1 / (both + n - 1)
    const denominator = 1 / (a + n)
    term *= x * (both + n - 1) * denominator
    la += numerator - denominator
    lb += numerator
    laa += denominator * denominator - numerator * numerator
    lbb -= numerator * numerator
    u += term
    ua += term * la
    ub += term * lb
    uaa += term * (la * la + laa)
    uab += term * (la * lb + lbb)
    const part = term * (lb * lb + lbb)
    ubb += part
    if (term * (1 + la * la + lb * lb) < 1e-18 * u) break
  }
  sum.value = 1 + both * u
  sum.a = u + both * ua
  sum.b = u + both * ub
  sum.aa = 2 * ua + both * uaa
  sum.ab = ua + ub + both * uab
  sum.bb = 2 * ub + both * ubb
  return sum
}

// The last two numerators p and denominators q of the continued fraction, each with its derivatives in a, b, aa, ab, bb.
const p = new Float64Array(6)
const q = new Float64Array(6)
const oldP = new Float64Array(6)
const oldQ = new Float64Array(6)

/** The same function by the continued fraction of DLMF 8.17.22, whose recurrence is differentiated. */
export function betaincFractionJet(a: number, b: number, x: number): Jet {
  const both = a + b
  p.fill(0)
  q.fill(0)
  oldP.fill(0)
  oldQ.fill(0)
  p[0] = q[0] = oldQ[0] = 1
  const e = 1 / (a + 1)
  step(-x * both * e, -x * e * (1 - both * e), -x * e, 2 * x * e * e * (1 - both * e), x * e * e)
  even(a, b, x, 1)
  for (let m = 1; m < 100000; m++) {
    const twice = a + 2 * m
    const r1 = 1 / (a + m)
    const r2 = 1 / (both + m)
    const r3 = 1 / twice
    const r4 = 1 / (twice + 1)
    const d = -(a + m) * (both + m) * x * r3 * r4
    const l = r1 + r2 - r3 - r4
    const ll = r3 * r3 + r4 * r4 - r1 * r1 - r2 * r2
    step(d, d * l, d * r2, d * (l * l + ll), d * r2 * (l - r2))
    even(a, b, x, m + 1)
    if (settled()) break
  }
  return sum
}

function even(a: number, b: number, x: number, m: number): void {
  const r1 = 1 / (a + 2 * m - 1)
  const r2 = 1 / (a + 2 * m)
  const slope = m * x * r1 * r2
  const d = slope * (b - m)
  const l = -r1 - r2
  step(d, d * l, slope, d * (l * l + r1 * r1 + r2 * r2), slope * l)
  const scale = 1 / q[0]!
  for (let i = 0; i < 6; i++) {
    p[i]! *= scale
    q[i]! *= scale
    oldP[i]! *= scale
    oldQ[i]! *= scale
  }
}

/** One step with the coefficient d and its derivatives (d is linear in b). */
function step(d: number, da: number, db: number, daa: number, dab: number): void {
  advance(p, oldP, d, da, db, daa, dab)
  advance(q, oldQ, d, da, db, daa, dab)
}

function advance(
  current: Float64Array,
  old: Float64Array,
  d: number,
  da: number,
  db: number,
  daa: number,
  dab: number,
): void {
  const [o, oa, ob, oaa, oab, obb] = [old[0]!, old[1]!, old[2]!, old[3]!, old[4]!, old[5]!]
  old.set(current)
  current[0]! += d * o
  current[1]! += d * oa + da * o
  current[2]! += d * ob + db * o
  current[3]! += d * oaa + 2 * da * oa + daa * o
  current[4]! += d * oab + da * ob + db * oa + dab * o
  current[5]! += d * obb + 2 * db * ob
}

/** The quotient p/q (q is 1) with its derivatives, and whether it differs from the one before by rounding alone. */
function settled(): boolean {
  const { value, a, b, aa, ab, bb } = sum
  const f = p[0]!
  const fa = p[1]! - f * q[1]!
  const fb = p[2]! - f * q[2]!
  sum.value = f
  sum.a = fa
  sum.b = fb
  sum.aa = p[3]! - f * q[3]! - 2 * fa * q[1]!
  sum.ab = p[4]! - f * q[4]! - fa * q[2]! - fb * q[1]!
  sum.bb = p[5]! - f * q[5]! - 2 * fb * q[2]!
  return (
    Math.abs(f - value) <= 1e-16 * Math.abs(f) &&
    Math.abs(fa - a) <= 1e-15 * Math.abs(fa) &&
    Math.abs(fb - b) <= 1e-15 * Math.abs(fb) &&
    Math.abs(sum.aa - aa) <= 1e-14 * Math.abs(aa) &&
    Math.abs(sum.ab - ab) <= 1e-14 * (Math.abs(ab) + Math.abs(fa)) &&
    Math.abs(sum.bb - bb) <= 1e-14 * Math.abs(bb)
  )
}
