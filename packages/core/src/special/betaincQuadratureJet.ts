import type { Jet } from './jet.ts'
import { quadratureEnd } from './betaincTerms.ts'
import { deviance } from './deviance.ts'
import { digammaDifference } from './digammaDifference.ts'
import { exp } from './exp.ts'
import { NODES, WEIGHTS } from './gaussLegendre.ts'
import { trigamma } from './trigamma.ts'
import { trigammaDifference } from './trigammaDifference.ts'

/**
 * The quadrature of `betainc` for large a and b, x ≤ a/(a + b), with the derivatives of the integrand
 * t^(a−1)·(1 − t)^(b−1)/B(a, b): its logarithm's are log t − ψ(a) + ψ(a + b) and log(1 − t) − ψ(b) + ψ(a + b).
 */
export function betaincQuadratureJet(
  a: number,
  b: number,
  x: number,
  y: number,
  prefactor: number,
  jet: Jet,
): void {
  const odds = x / y
  const slope = (a * y - b * x) / y
  const end = quadratureEnd(a, b, odds, slope)
  const m = (x < 0.5 ? Math.log(x) : Math.log1p(-y)) + digammaDifference(a, b)
  const n = (y < 0.5 ? Math.log(y) : Math.log1p(-x)) + digammaDifference(b, a)
  const common = trigamma(a + b)
  const maa = trigammaDifference(a, b)
  const mbb = trigammaDifference(b, a)
  let value = 0
  let first = 0
  let second = 0
  let aa = 0
  let ab = 0
  let bb = 0
  for (let i = 0; i < NODES.length; i++) {
    const v = end * NODES[i]!
    const w = v * odds
    const dv = deviance(-v)
    const dw = deviance(w)
    const f = (WEIGHTS[i]! * exp(-slope * v - a * dv - b * dw)) / ((1 - v) * (1 + w))
    const s = m - v - dv
    const t = n + w - dw
    value += f
    first += f * s
    second += f * t
    aa += f * (s * s + maa)
    ab += f * (s * t + common)
    bb += f * (t * t + mbb)
  }
  const scale = (prefactor * end) / y
  jet.value = scale * value
  jet.a = scale * first
  jet.b = scale * second
  jet.aa = scale * aa
  jet.ab = scale * ab
  jet.bb = scale * bb
}
