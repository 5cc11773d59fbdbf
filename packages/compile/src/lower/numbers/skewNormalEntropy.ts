import { exp } from '../../wasm/maths/exp.ts'
import { logNdtr, ndtr } from '../../wasm/maths/ndtr.ts'
import type { Value } from '../../wasm/value.ts'
import { one as l } from '../routines/linalg/wide.ts'
import type { RoutineOfNumbers } from '../routinesOfNumbers.ts'
import { quadrature } from './gaussLegendre.ts'
import { abs, add, constant, div, most, mul } from './number.ts'

const FROM = [-9, -6, -3, 0, 3, 6]

/** ∫ 2·φ(z)·f(z) dz, where f is of u = αz and not small only around 0 or before φ is. */
function expectation(f: (z: Value, u: Value) => Value): RoutineOfNumbers {
  const ofNode: RoutineOfNumbers = ([shape, z], into) => [
    { variable: into, to: mul(exp(l, mul(-0.5, z!, z!)), f(z!, mul(shape!, z!))) },
  ]
  return ([shape], into, { call, address }) => {
    const scale = most(1, abs(shape!))
    const [statements, sums] = quadrature(address, (node, weight) =>
      FROM.map((from) => mul(weight, call(ofNode, shape!, div(add(from, mul(3, node)), scale)))),
    )
    const total = mul(3 * Math.sqrt(2 / Math.PI), add(...sums))
    return [...statements, { variable: into, to: div(total, scale) }]
  }
}

/** E log Φ(αZ). */
export const skewNormalLogFactor: RoutineOfNumbers = /* @__PURE__ */ expectation((_, u) =>
  mul(ndtr(l, u), logNdtr(l, u)),
)

/** Its derivative. */
export const skewNormalLogFactorSlope: RoutineOfNumbers = /* @__PURE__ */ expectation((z, u) =>
  mul(z, constant(1 / Math.sqrt(2 * Math.PI)), exp(l, mul(-0.5, u, u)), logNdtr(l, u)),
)
