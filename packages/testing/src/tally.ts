/** One number held against what it should be. */
export interface Comparison {
  /** Where: the case, the value, the parameter. */
  readonly at: string
  readonly expected: number
  readonly got: number
  /** The largest |got − expected| that is allowed. */
  readonly allowed: number
  /** Whether more is allowed than elsewhere, because rounding an input changes the number by more. */
  readonly isCoarse?: boolean
}

/** How many numbers a law compared, and the one that used most of what is allowed. */
export interface Tally {
  readonly law: string
  readonly comparisons: number
  /** How many of them were allowed more, for what rounding does to an ill-conditioned problem. */
  readonly coarse: number
  /** How many were left out for it. */
  readonly omitted: number
  readonly worst: Comparison | undefined
}

/** What a law that does not hold throws. */
export class LawBroken extends Error {}

const SHOWN = 6

/** Collects the comparisons of one law for one distribution. */
export class Comparisons {
  readonly law: string
  readonly name: string
  private count = 0
  private coarse = 0
  private omitted = 0
  private worst: Comparison | undefined
  private worstShare = -1
  private readonly failures: string[] = []
  private failed = 0

  constructor(name: string, law: string) {
    this.name = name
    this.law = law
  }

  /** Infinities must be exact, NaN is never right unless it is expected. */
  compare(comparison: Comparison): void {
    const { expected, got, allowed } = comparison
    this.count++
    if (comparison.isCoarse === true) this.coarse++
    const error = Object.is(expected, got) || expected === got ? 0 : Math.abs(got - expected)
    const share = error === 0 ? 0 : error / allowed
    if (!(share <= 1)) this.fail(`${comparison.at}: expected ${expected}, got ${got}, allowed ±${allowed}`)
    if (Number.isFinite(expected) && !(share <= this.worstShare)) {
      this.worst = comparison
      this.worstShare = share
    }
  }

  /** What is no number, or has no tolerance. */
  check(isRight: boolean, complaint: () => string): void {
    this.count++
    if (!isRight) this.fail(complaint())
  }

  /** What rounding to float32 left too little of to be compared. */
  omit(count = 1): void {
    this.omitted += count
  }

  /** @throws LawBroken that lists what failed. */
  close(): Tally {
    if (this.failed > 0) {
      const more = this.failed > SHOWN ? `\n… and ${this.failed - SHOWN} more of ${this.count}` : ''
      throw new LawBroken(`${this.name}: ${this.law}\n${this.failures.join('\n')}${more}`)
    }
    if (this.count === 0) throw new Error(`${this.name}: ${this.law}: nothing was compared`)
    const { law, count: comparisons, coarse, omitted, worst } = this
    return { law, comparisons, coarse, omitted, worst }
  }

  private fail(complaint: string): void {
    if (this.failed++ < SHOWN) this.failures.push(complaint)
  }
}
