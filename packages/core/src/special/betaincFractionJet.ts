import type { Jet } from './jet.ts'
import { relativeChange } from './relativeChange.ts'

const sum: Jet = { value: 0, a: 0, b: 0, aa: 0, ab: 0, bb: 0 }

// The last two numerators p and denominators q of the continued fraction, each with its derivatives in a, b,
// aa, ab, bb.
const p = /* @__PURE__ */ new Float64Array(6)
const q = /* @__PURE__ */ new Float64Array(6)
const oldP = /* @__PURE__ */ new Float64Array(6)
const oldQ = /* @__PURE__ */ new Float64Array(6)
// The coefficients of its recurrence, likewise (β is linear in b).
const alpha = /* @__PURE__ */ new Float64Array(6)
const beta = /* @__PURE__ */ new Float64Array(5)
/** How far the derivatives are from those of the convergent before, relative to them. */
let change = 0

/** ₂F₁(1, a + b; a + 1; x) by the continued fraction of `betainc`, whose recurrence is differentiated. */
export function betaincFractionJet(a: number, b: number, x: number, y: number): Jet {
  const lambda = 1 + a * y - b * x
  const both = a + b
  p.fill(0)
  q.fill(0)
  oldP.fill(0)
  oldQ.fill(0)
  const e = 1 / (a + 1)
  p[0] = oldQ[0] = 1
  q[0] = lambda * e
  q[1] = (y - lambda * e) * e
  q[2] = -x * e
  q[3] = -2 * q[1] * e
  q[4] = x * e * e
  let stalls = 0
  change = 0
  for (let n = 1; n < 100000; n++) {
    const r = 1 / (a + 2 * n - 1)
    const t = n * (b - n) * x * r
    const tb = n * x * r
    const c = 1 / (a + 2 * n + 1)
    const f = (a + n) * c
    const fa = (n + 1) * c * c
    const g = lambda + n * (1 + y)
    beta[0] = n + t + f * g
    beta[1] = fa * g + f * y - t * r
    beta[2] = tb - f * x
    beta[3] = 2 * (t * r * r + fa * y - fa * c * g)
    beta[4] = -tb * r - fa * x
    // α = product·u, where u is the factor whose derivatives in a are −2r·u and 6r²·u.
    const u = t * x * r
    const ub = tb * x * r
    const product = n === 1 ? both : (a + n - 1) * (both + n - 1)
    const productA = n === 1 ? 1 : both + a + 2 * n - 2
    const productB = n === 1 ? 1 : a + n - 1
    const mixed = n === 1 ? 0 : 1
    alpha[0] = product * u
    alpha[1] = (productA - 2 * r * product) * u
    alpha[2] = productB * u + product * ub
    alpha[3] = (2 * mixed - 4 * r * productA + 6 * r * r * product) * u
    alpha[4] = (mixed - 2 * r * productB) * u + (productA - 2 * r * product) * ub
    alpha[5] = 2 * productB * ub
    advance(p, oldP)
    advance(q, oldQ)
    invert(q)
    multiply(p, q)
    multiply(oldP, q)
    multiply(oldQ, q)
    q.fill(0)
    q[0] = 1
    const before = change
    if (settled()) {
      if (!(change < before)) stalls++
      if (!(change > 1e-15) || stalls >= 8 + (n >> 1)) break
    }
  }
  return sum
}

/** current, old ← β·current + α·old, current. */
function advance(current: Float64Array, old: Float64Array): void {
  const c = current[0]!
  const ca = current[1]!
  const cb = current[2]!
  const caa = current[3]!
  const cab = current[4]!
  const cbb = current[5]!
  const o = old[0]!
  const oa = old[1]!
  const ob = old[2]!
  const d = beta[0]!
  const da = beta[1]!
  const db = beta[2]!
  const k = alpha[0]!
  const ka = alpha[1]!
  const kb = alpha[2]!
  current[0] = d * c + k * o
  current[1] = d * ca + da * c + k * oa + ka * o
  current[2] = d * cb + db * c + k * ob + kb * o
  current[3] = d * caa + 2 * da * ca + beta[3]! * c + k * old[3]! + 2 * ka * oa + alpha[3]! * o
  current[4] = d * cab + da * cb + db * ca + beta[4]! * c + k * old[4]! + ka * ob + kb * oa + alpha[4]! * o
  current[5] = d * cbb + 2 * db * cb + k * old[5]! + 2 * kb * ob + alpha[5]! * o
  old[0] = c
  old[1] = ca
  old[2] = cb
  old[3] = caa
  old[4] = cab
  old[5] = cbb
}

/**
 * The factor 1/q, a function of (a, b) as q is, keeps the last denominator at 1: its derivatives would grow.
 */
function invert(jet: Float64Array): void {
  const f = 1 / jet[0]!
  const fa = -jet[1]! * f * f
  const fb = -jet[2]! * f * f
  jet[3] = -(jet[3]! * f + 2 * jet[1]! * fa) * f
  jet[4] = -(jet[4]! * f + jet[1]! * fb + jet[2]! * fa) * f
  jet[5] = -(jet[5]! * f + 2 * jet[2]! * fb) * f
  jet[0] = f
  jet[1] = fa
  jet[2] = fb
}

function multiply(jet: Float64Array, by: Float64Array): void {
  const f = jet[0]!
  const fa = jet[1]!
  const fb = jet[2]!
  const g = by[0]!
  const ga = by[1]!
  const gb = by[2]!
  jet[0] = f * g
  jet[1] = f * ga + fa * g
  jet[2] = f * gb + fb * g
  jet[3] = f * by[3]! + 2 * fa * ga + jet[3]! * g
  jet[4] = f * by[4]! + fa * gb + fb * ga + jet[4]! * g
  jet[5] = f * by[5]! + 2 * fb * gb + jet[5]! * g
}

/**
 * Whether p differs from the one before by rounding alone. At whole b its derivatives settle long after it does; down to a
 * rounding error that may exceed a test: then they come no closer.
 */
function settled(): boolean {
  const moved = Math.abs(p[0]! - sum.value)
  change = Math.max(
    relativeChange(p[1]!, sum.a),
    relativeChange(p[2]!, sum.b),
    relativeChange(p[3]!, sum.aa),
    relativeChange(p[4]!, sum.ab),
    relativeChange(p[5]!, sum.bb),
  )
  sum.value = p[0]!
  sum.a = p[1]!
  sum.b = p[2]!
  sum.aa = p[3]!
  sum.ab = p[4]!
  sum.bb = p[5]!
  return !(moved > 2e-16 * Math.abs(p[0]!))
}
