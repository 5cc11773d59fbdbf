import { betaincFractionJet } from './betaincFractionJet.ts'
import { betaincSeriesJet } from './betaincSeriesJet.ts'
import type { Jet } from './jet.ts'
import { digammaDifference } from './digammaDifference.ts'
import { betaincQuadratureJet } from './betaincQuadratureJet.ts'
import { exp } from './exp.ts'
import { betaPrefactor } from './logBetaDensity.ts'
import { quadratureIsShorter, seriesIsShort } from './betaincTerms.ts'
import { trigamma } from './trigamma.ts'
import { trigammaDifference } from './trigammaDifference.ts'

const result: Jet = { value: 0, a: 0, b: 0, aa: 0, ab: 0, bb: 0 }

/**
 * I_x(a, b) and its partial derivatives of first and second order in a and b, for finite a, b > 0 and 0 < x <
 * 1; the record is overwritten by the next call. On the far side of the mean they are those of −I_y(b, a).
 */
export function betaincJet(a: number, b: number, x: number, y: number): Jet {
  // Where a parameter and its variable are small the continued fraction of the one side converges slowly, the
  // series of the other fast.
  const seriesOfX = a < 0.5 && x <= 1e-3 && x * b <= 0.1
  const seriesOfY = b < 0.5 && y <= 1e-3 && y * a <= 0.1
  if (seriesOfX || (x * b <= y * a && !seriesOfY)) {
    tail(a, b, x, y)
    return result
  }
  tail(b, a, y, x)
  const { a: second, b: first, aa: secondTwice, bb: firstTwice } = result
  result.value = 1 - result.value
  result.a = -first
  result.b = -second
  result.aa = -firstTwice
  result.ab = -result.ab
  result.bb = -secondTwice
  return result
}

/**
 * I = E·V with E = xᵃ·yᵇ·Γ(1 + a + b)/(Γ(1 + a)·Γ(1 + b)), whose logarithm is smooth at a = 0 and b = 0, and
 * V = b/(a + b)·₂F₁(1, a + b; a + 1; x).
 */
function tail(a: number, b: number, x: number, y: number): void {
  const prefactor = exp(betaPrefactor(x, y, a, b))
  if (!seriesIsShort(a, b, x) && quadratureIsShorter(a, b)) {
    betaincQuadratureJet(a, b, x, y, prefactor, result)
    return
  }
  const f = seriesIsShort(a, b, x) ? betaincSeriesJet(a, b, x) : betaincFractionJet(a, b, x, y)
  const sum = a + b
  const scale = (prefactor * sum) / (a * b)
  const r = b / sum
  const ra = -r / sum
  const rb = a / sum / sum
  const raa = (-2 * ra) / sum
  const rab = (b - a) / sum / sum / sum
  const rbb = (-2 * rb) / sum
  const v = r * f.value
  const va = r * f.a + ra * f.value
  const vb = r * f.b + rb * f.value
  const vaa = r * f.aa + 2 * ra * f.a + raa * f.value
  const vab = r * f.ab + ra * f.b + rb * f.a + rab * f.value
  const vbb = r * f.bb + 2 * rb * f.b + rbb * f.value
  const m = (x < 0.5 ? Math.log(x) : Math.log1p(-y)) + digammaDifference(1 + a, b)
  const n = (y < 0.5 ? Math.log(y) : Math.log1p(-x)) + digammaDifference(1 + b, a)
  const common = trigamma(1 + sum)
  result.value = scale * v
  result.a = scale * (va + v * m)
  result.b = scale * (vb + v * n)
  result.aa = scale * (vaa + 2 * va * m + v * (m * m + trigammaDifference(1 + a, b)))
  result.ab = scale * (vab + va * n + vb * m + v * (m * n + common))
  result.bb = scale * (vbb + 2 * vb * n + v * (n * n + trigammaDifference(1 + b, a)))
}
