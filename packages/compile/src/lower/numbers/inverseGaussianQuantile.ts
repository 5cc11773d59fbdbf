import { exp } from '../../wasm/maths/exp.ts'
import { inverseGaussianCdf } from '../../wasm/maths/inverseGaussian.ts'
import { log } from '../../wasm/maths/log.ts'
import { logInverseGaussianDensity } from '../../wasm/maths/scaled.ts'
import { one as l } from '../routines/linalg/wide.ts'
import type { RoutineOfNumbers } from '../routinesOfNumbers.ts'
import { bracketedNewton } from './bracketedNewton.ts'
import { firstOf } from './cases.ts'
import { add, all, constant, div, eq, gt, lt, mul, not, select, sub } from './number.ts'

/** The x with cdf p: by Newton's method for log cdf as a function of log x. */
export const inverseGaussianQuantile: RoutineOfNumbers = ([mean, concentration, p], into) =>
  firstOf(
    into,
    [mean!, concentration!, p!],
    [
      [
        not(all(gt(mean!, 0), gt(concentration!, 0), gt(p!, 0), lt(p!, 1))),
        (_, __, p) => select(eq(p!, 0), 0, select(eq(p!, 1), constant(Infinity), constant(NaN))),
      ],
    ],
    (mean, concentration, p) => {
      const start = log(l, mean!)
      const [statements, root] = bracketedNewton([start, sub(start, 700), add(start, 700)], (u) => {
        const x = exp(l, u)
        const below = inverseGaussianCdf(l, mean!, concentration!, x)
        const density = mul(x, exp(l, logInverseGaussianDensity(l, mean!, concentration!, x)))
        return div(mul(log(l, div(p!, below)), below), density)
      })
      return [...statements, { variable: into, to: exp(l, root) }]
    },
  )
