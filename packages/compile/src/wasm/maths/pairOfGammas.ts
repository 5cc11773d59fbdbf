import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { log } from './log.ts'
import { HALF_LOG_TWO_PI, logTerm } from './logTerm.ts'
import { LARGE, raise, scaledRising, stirling, type Raised } from './rising.ts'

/** What beta functions of a and b are made of: A and B are the large numbers that stand for them. */
export interface PairOfGammas {
  readonly a: Raised
  readonly b: Raised
  /** A + B. */
  readonly sum: Value
  readonly ofA: Value
  readonly ofB: Value
  /** √(A·B/(A + B)). */
  readonly root: Value
  /** Γ(A)/Γ(a)·A^(a − A), times the same of b, over that of their sum. */
  readonly factor: Value
  /** What Stirling's series leave of log Γ(A + B) − log Γ(A) − log Γ(B), less ½·log 2π. */
  readonly rest: Value
}

export function pairOfGammas(l: Lanes, a: Value, b: Value): PairOfGammas {
  const one = l.constant(1)
  const [raisedA, raisedB] = [raise(l, a), raise(l, b)]
  const sum = l.add(raisedA.large, raisedB.large)
  const reciprocal = (x: Value): Value => l.div(one, x)
  const [ofA, ofB, ofSum] = [reciprocal(raisedA.large), reciprocal(raisedB.large), reciprocal(sum)]
  const ofSmall = ({ isSmall, small }: Raised, r: Value): Value =>
    l.select(isSmall, scaledRising(l, small, r), one)
  // The sum is raised once for each.
  const total = l.add(a, b)
  const isRaised = l.either(raisedA.isSmall, raisedB.isSmall)
  const isTwice = l.both(raisedA.isSmall, raisedB.isSmall)
  const once = l.select(isRaised, scaledRising(l, total, ofSum), one)
  const twice = l.select(isTwice, scaledRising(l, l.add(total, l.constant(LARGE)), ofSum), one)
  return {
    a: raisedA,
    b: raisedB,
    sum,
    ofA,
    ofB,
    root: l.sqrt(l.mul(raisedA.large, l.mul(raisedB.large, ofSum))),
    factor: l.div(l.mul(ofSmall(raisedA, ofA), ofSmall(raisedB, ofB)), l.mul(once, twice)),
    rest: l.sub(
      l.sub(stirling(l, ofSum), l.constant(HALF_LOG_TWO_PI)),
      l.add(stirling(l, ofA), stirling(l, ofB)),
    ),
  }
}

/**
 * log(c·xᵃ·yᵇ/B(a, b)) for x + y = 1, with the powers of x and y made less by as much as `less` says: c is in terms of
 * x·(A + B)/A and y·(A + B)/B.
 */
export function logOfPair(
  l: Lanes,
  pair: PairOfGammas,
  x: Value,
  y: Value,
  less: readonly [ofX: 0 | 1, ofY: 0 | 1],
  c: Value,
): Value {
  const { a, b, sum, ofA, ofB, root, factor, rest } = pair
  const shift = l.sub(l.mul(x, b.large), l.mul(y, a.large))
  const term = (own: Raised, by: number, at: Value, reciprocal: Value, moved: Value): Value => {
    const q = l.mul(l.mul(at, sum), reciprocal)
    const [power, behind] = [l.sub(own.x, l.constant(by)), l.add(own.by, l.constant(by))]
    return logTerm(l, power, own.large, behind, q, l.mul(moved, reciprocal))
  }
  const terms = l.add(term(a, less[0], x, ofA, shift), term(b, less[1], y, ofB, l.neg(shift)))
  return l.add(l.add(terms, rest), log(l, l.mul(l.mul(c, factor), root)))
}
