import { expm1 } from '../../../wasm/maths/exp.ts'
import { log1p } from '../../../wasm/maths/log.ts'
import { variable, type Statement, type Variable } from '../../../wasm/statement.ts'
import { F64, type Value } from '../../../wasm/value.ts'
import { one as l } from '../linalg/wide.ts'
import { when } from '../when.ts'
import { length } from './length.ts'

/** An interval around 0 that is no wider has uniform proposals, a wider one normal proposals. */
const NARROW = 2.5

/**
 * What draws from the standard normal distribution between two ends are proposed by: in an interval on one side of 0 an
 * exponential excess over `near`, the end next to 0, away from it; else a uniform or a normal number.
 */
export interface Proposal {
  /** Whether there is such an interval. */
  readonly isValid: Value
  readonly isTail: Value
  readonly isNormal: Value
  readonly low: Value
  readonly high: Value
  readonly width: Value
  readonly near: Value
  readonly far: Value
  readonly sign: Value
  readonly rate: Value
  /** Minus the probability that the excess does not pass the other end. */
  readonly mass: Value
  /** rate − near. */
  readonly gap: Value
  /** The greatest of gap·e − e²/2 over the excesses e. */
  readonly greatest: Value
}

export function proposalFor(low: Value, high: Value): Proposal {
  const [zero, one, half] = [l.constant(0), l.constant(1), l.constant(0.5)]
  const isAny = l.both(l.lt(low, l.constant(Infinity)), l.gt(high, l.constant(-Infinity)))
  const isRight = l.ge(low, zero)
  const isTail = l.either(isRight, l.le(high, zero))
  const near = l.select(isRight, low, l.neg(high))
  const far = l.select(isRight, high, l.neg(low))
  const width = l.sub(high, low)
  const middle = l.mul(near, half)
  const rate = l.add(middle, length(middle))
  const gap = l.div(one, rate)
  const best = l.min(gap, width)
  const isPoint = l.eq(width, zero)
  return {
    isValid: l.both(l.le(low, high), isAny),
    isTail,
    isNormal: l.not(l.either(isTail, l.le(width, l.constant(NARROW)))),
    low,
    high,
    width,
    near,
    far,
    sign: l.select(isRight, one, l.neg(one)),
    rate,
    mass: l.select(isPoint, l.constant(-0), expm1(l, l.mul(l.neg(rate), width))),
    gap,
    greatest: l.mul(best, l.sub(gap, l.mul(best, half))),
  }
}

/** Variables that hold a proposal, which a function can be given, and what sets them. */
export function kept(proposal: Proposal): {
  readonly variables: readonly Variable[]
  readonly set: readonly Statement[]
  readonly proposal: Proposal
} {
  const fields = Object.entries<Value>({ ...proposal })
  const variables = fields.map(([, x]) => variable(x.type))
  return {
    variables,
    set: variables.map((to, i) => ({ variable: to, to: fields[i]![1] })),
    proposal: Object.fromEntries(fields.map(([name], i) => [name, variables[i]!.get])) as unknown as Proposal,
  }
}

/** Puts a point, or an excess, of a uniform number into a variable. */
export function propose(
  { isTail, low, width, mass, rate }: Proposal,
  u: Value,
  into: Variable,
): readonly Statement[] {
  // What is made of a variable that is set there is computed only if it is a tail.
  const own = variable(F64)
  return [
    { variable: into, to: l.add(low, l.mul(u, width)) },
    ...when(isTail, [
      { variable: own, to: u },
      { variable: into, to: l.div(l.neg(log1p(l, l.mul(own.get, mass))), rate) },
    ]),
  ]
}

export function logAcceptance({ isTail, gap, greatest }: Proposal, x: Value): Value {
  const half = l.mul(x, l.constant(0.5))
  return l.select(isTail, l.sub(l.mul(x, l.sub(gap, half)), greatest), l.mul(l.neg(x), half))
}

/** Whether a number is in the interval. */
export function isWithin({ low, high }: Proposal, x: Value): Value {
  return l.both(l.ge(x, low), l.le(x, high))
}

export function placeOf({ isTail, near, far, sign }: Proposal, x: Value): Value {
  return l.select(isTail, l.mul(sign, l.min(l.add(near, x), far)), x)
}
