import { digammaDifference, trigammaDifference } from '../../wasm/maths/gammaDifference.ts'
import { trigammaOfPositive } from '../../wasm/maths/digamma.ts'
import { logNear } from '../../wasm/maths/log.ts'
import { variable, type Statement, type Variable } from '../../wasm/statement.ts'
import { F64, type Value } from '../../wasm/value.ts'
import { one as l } from '../routines/linalg/wide.ts'
import type { RoutineOfNumbers, Surroundings } from '../routinesOfNumbers.ts'
import { fraction, series } from './betaFraction.ts'
import { integrand, quadratureIsShorter, seriesIsShort } from './betaTerms.ts'
import { either } from './cases.ts'
import { quadrature } from './gaussLegendre.ts'
import type { Jet, Jets } from './jets.ts'
import { add, all, div, mul, neg, not, square, sub } from './number.ts'

// Derivatives of I_x(a, b) in a and b, by the methods of core's `betaincJet`.

export type Four = readonly [a: Value, b: Value, x: Value, y: Value]

const digammaGap: RoutineOfNumbers = ([x, d], into) => [{ variable: into, to: digammaDifference(l, x!, d!) }]
const trigammaGap: RoutineOfNumbers = ([x, d], into) => [
  { variable: into, to: trigammaDifference(l, x!, d!) },
]

/** Those of log(xᵃ·yᵇ/B(by + a, by + b)), as far as they are wanted. */
function logSlopes(jets: Jets, by: 0 | 1, [a, b, x, y]: Four, { call }: Surroundings): Jet {
  const [ofA, ofB] = [add(by, a), add(by, b)]
  const common = (): Value => trigammaOfPositive(l, add(by, a, b))
  return jets.of(0, {
    a: add(logNear(l, x, neg(y)), call(digammaGap, ofA, b)),
    b: add(logNear(l, y, neg(x)), call(digammaGap, ofB, a)),
    ...(jets.parts.includes('aa') && { aa: call(trigammaGap, ofA, b) }),
    ...(jets.parts.includes('ab') && { ab: common() }),
    ...(jets.parts.includes('bb') && { bb: call(trigammaGap, ofB, a) }),
  })
}

/** What has these derivatives of its logarithm, over it. */
function ofLogarithm(jets: Jets, { a, b, aa, ab, bb }: Jet): Jet {
  return jets.of(1, {
    a: a!,
    b: b!,
    ...(aa && { aa: add(aa, square(a!)) }),
    ...(ab && { ab: add(ab, mul(a!, b!)) }),
    ...(bb && { bb: add(bb, square(b!)) }),
  })
}

/**
 * Statements that put I and its derivatives, over xᵃ·yᵇ/B(a, b), into variables, for x ≤ a/(a + b): by the quadrature of
 * the density, or by I = E·V, E = xᵃ·yᵇ·Γ(1 + a + b)/(Γ(1 + a)·Γ(1 + b)), smooth at a = 0 and b = 0, and
 * V = b/(a + b)·₂F₁(1, a + b; a + 1; x).
 */
export function betaTail(
  jets: Jets,
  args: Four,
  into: readonly Variable[],
  surroundings: Surroundings,
): readonly Statement[] {
  const [a, b, x] = args
  const put = (to: readonly Variable[], jet: Jet): readonly Statement[] =>
    jets.numbers(jet).map((number, i) => ({ variable: to[i]!, to: number }))
  const isShort = seriesIsShort(a, b, x)
  return either(
    [...args, isShort],
    [
      [
        all(not(isShort), quadratureIsShorter(a, b)),
        (...own) => {
          const [statements, jet] = byQuadrature(jets, own as never, surroundings)
          return [...statements, ...put(into, jet)]
        },
      ],
    ],
    (a, b, x, y, isShort) => {
      const own: Four = [a!, b!, x!, y!]
      const f = into.map(() => variable(F64))
      const sum = add(a!, b!)
      const share = jets.times(jets.of(b!, { b: 1 }), jets.reciprocal(jets.of(sum, { a: 1, b: 1 })))
      const v = jets.times(share, jets.ofNumbers(f.map(({ get }) => get)))
      const e = ofLogarithm(jets, logSlopes(jets, 1, own, surroundings))
      return [
        ...either(
          own,
          [
            [
              isShort!,
              (a, b, x) => {
                const [statements, jet] = series(jets, a!, b!, x!)
                return [...statements, ...put(f, jet)]
              },
            ],
          ],
          (a, b, x, y) => {
            const [statements, jet] = fraction(jets, a!, b!, x!, y!)
            return [...statements, ...put(f, jet)]
          },
        ),
        ...put(into, jets.scaled(jets.times(e, v), div(div(sum, a!), b!))),
      ]
    },
  )
}

function byQuadrature(
  jets: Jets,
  own: Four,
  surroundings: Surroundings,
): readonly [statements: readonly Statement[], jet: Jet] {
  const [a, b, x, y] = own
  const slopes = logSlopes(jets, 0, own, surroundings)
  const { end, at } = integrand(a, b, x, y, surroundings.call)
  const [statements, sums] = quadrature(surroundings.address, (node, weight) => {
    const { f, v, ofV, w, ofW } = at(node)
    const moved = { ...slopes, a: sub(slopes.a!, v, ofV), b: add(slopes.b!, sub(w, ofW)) }
    return jets.numbers(jets.scaled(ofLogarithm(jets, moved), mul(weight, f)))
  })
  return [statements, jets.scaled(jets.ofNumbers(sums), div(end, y))]
}
