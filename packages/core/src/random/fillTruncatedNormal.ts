import { spareOfUniform, uniformOf, type ElementStream } from './elementStream.ts'
import { fillBlocks, type Block, type Draws, type Parameter } from './fillBlocks.ts'
import type { Key } from './key.ts'

/** An interval around 0 that is no wider has uniform proposals, a wider one normal proposals. */
const NARROW = 2.5

/**
 * Draws from the standard normal distribution between `low` and `high`, exact however far in the tail: in an
 * interval on one side of 0, exponential proposals (Robert 1995, “Simulation of truncated normal variables”,
 * Statistics and Computing 5 (2), his rate, cut off at the other end); around 0, normal or uniform ones. Half of the
 * proposals or more are accepted.
 *
 * @param low below +∞.
 * @param high above −∞, not below `low`.
 */
export function fillTruncatedNormal(key: Key, low: Parameter, high: Parameter, out: Draws): void {
  fillBlocks(key, { low, high }, out, drawTruncatedNormal)
}

function drawTruncatedNormal({ start, count, words, parameters, draws }: Block, stream: ElementStream): void {
  const lows = parameters[0]!
  const highs = parameters[1]!
  let low = NaN
  let high = NaN
  let proposal = proposalFor(NaN, NaN)
  for (let i = 0; i < count; i++) {
    if (lows[i] !== low || highs[i] !== high) {
      low = lows[i]!
      high = highs[i]!
      proposal = proposalFor(low, high)
    }
    if (!proposal) {
      draws[i] = NaN
      continue
    }
    const word1 = words[2 * i + 1]!
    if (proposal.kind !== 'normal') {
      const x = propose(proposal, uniformOf(words[2 * i]!, word1))
      // exp(t) ≥ 1 + t
      if ((spareOfUniform(word1) + 1) * 2 ** -12 <= 1 + logAcceptance(proposal, x)) {
        draws[i] = placeOf(proposal, x)
        continue
      }
    }
    stream.seek(start + i)
    draws[i] = draw(proposal, stream)
  }
}

type Proposal =
  | { readonly kind: 'normal'; readonly low: number; readonly high: number }
  | { readonly kind: 'uniform'; readonly low: number; readonly width: number }
  | Exponential

/** An excess over `near`, the end next to 0, away from it. */
interface Exponential {
  readonly kind: 'exponential'
  readonly near: number
  readonly far: number
  readonly sign: number
  readonly rate: number
  /** Minus the probability that the excess does not pass the other end. */
  readonly mass: number
  /** rate − near. */
  readonly gap: number
  /** The greatest of gap·e − e²/2 over the excesses e. */
  readonly greatest: number
}

function proposalFor(low: number, high: number): Proposal | null {
  if (!(low <= high && low < Infinity && high > -Infinity)) return null
  if (low >= 0) return exponential(low, high, 1)
  if (high <= 0) return exponential(-high, -low, -1)
  if (high - low <= NARROW) return { kind: 'uniform', low, width: high - low }
  return { kind: 'normal', low, high }
}

function exponential(near: number, far: number, sign: number): Exponential {
  const width = far - near
  const rate = near / 2 + Math.hypot(near / 2, 1)
  const gap = 1 / rate
  const best = Math.min(gap, width)
  const mass = width === 0 ? -0 : Math.expm1(-rate * width)
  return { kind: 'exponential', near, far, sign, rate, mass, gap, greatest: best * (gap - best / 2) }
}

/** A point, or an excess, from a uniform number. */
function propose(proposal: Exclude<Proposal, { kind: 'normal' }>, u: number): number {
  if (proposal.kind === 'uniform') return proposal.low + u * proposal.width
  return -Math.log1p(u * proposal.mass) / proposal.rate
}

function logAcceptance(proposal: Exclude<Proposal, { kind: 'normal' }>, x: number): number {
  if (proposal.kind === 'uniform') return (-x * x) / 2
  return x * (proposal.gap - x / 2) - proposal.greatest
}

function placeOf(proposal: Exclude<Proposal, { kind: 'normal' }>, x: number): number {
  if (proposal.kind === 'uniform') return x
  return proposal.sign * Math.min(proposal.near + x, proposal.far)
}

function draw(proposal: Proposal, stream: ElementStream): number {
  if (proposal.kind === 'normal') {
    for (;;) {
      const x = stream.normal()
      if (x >= proposal.low && x <= proposal.high) return x
    }
  }
  for (;;) {
    const x = propose(proposal, stream.candidate())
    if (Math.log(stream.acceptance()) <= logAcceptance(proposal, x)) return placeOf(proposal, x)
  }
}
