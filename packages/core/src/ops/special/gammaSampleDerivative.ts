import { gammaSampleDerivative as derivativeOf } from '../../special/gammaSampleDerivative.ts'
import { gammaSampleDerivativeDa as secondOf } from '../../special/gammaSampleDerivativeDa.ts'
import { add, div, mul, neg, sub } from '../arithmetic.ts'
import { greater } from '../comparison.ts'
import { elementwise } from '../elementwise.ts'
import { exp } from '../exponential.ts'
import type { Binary, Real } from '../real.ts'
import { where } from '../where.ts'
import { digamma, logMinusDigamma } from './gamma.ts'
import { noDerivative } from './noDerivative.ts'

const noThirdDerivative = /* @__PURE__ */ noDerivative(
  'drawGamma: the third derivative of a draw in the concentration',
)

/** −(∂P(a, x)/∂a)/p(x): how a gamma draw x of concentration a moves with a at a fixed key. */
export const gammaSampleDerivative: Binary = /* @__PURE__ */ elementwise(
  'gammaSampleDerivative',
  (a, x) => derivativeOf(a, x),
  [
    (dy, a, x) => mul(dy, gammaSampleDerivativeDa(a!, x!)),
    // From the definition: −∂p/∂a / p − (∂P/∂a)·∂(1/p)/∂x.
    (dy, a, x) => {
      const slope = sub(div(sub(a!, 1), x!), 1)
      return mul(dy, neg(add(logMinusDigamma(x!, a!), mul(gammaSampleDerivative(a!, x!), slope))))
    },
  ],
) as Binary

const gammaSampleDerivativeDa: Binary = /* @__PURE__ */ elementwise(
  'gammaSampleDerivativeDa',
  (a, x) => secondOf(a, x),
  [noThirdDerivative, noThirdDerivative],
) as Binary

/** Where e^y underflows, P(a, x) = xᵃ/Γ(a + 1), which is inverted in closed form. */
const TINY_LOG = -60

/** How the logarithm y of a gamma draw of concentration a moves with a at a fixed key. */
export function logGammaSampleDerivative(a: Real, y: Real): Real {
  const isTiny = greater(TINY_LOG, y)
  const x = exp(where(isTiny, 0, y))
  const tiny = div(sub(digamma(add(a, 1)), y), a)
  return where(isTiny, tiny, div(gammaSampleDerivative(a, x), x))
}
