import { logBinomial } from '../special/logBinomialDensity.ts'
import type { ElementStream } from './elementStream.ts'
import { fillBlocks, type Block, type Draws, type Parameter } from './fillBlocks.ts'
import type { Key } from './key.ts'

/** Below this mean: inversion. */
const SMALL_MEAN = 10
/** No draw at a small mean exceeds this: it has probability 1e-76. */
const LARGEST_OF_SMALL = 110

/** 2√(2/e) and 3 − 2√(3/e): the table-mountain hat of the ratio of uniforms. */
const HAT_SLOPE = 2 * Math.sqrt(2 / Math.E)
const HAT_OFFSET = 3 - 2 * Math.sqrt(3 / Math.E)

/**
 * Draws how many good ones are among `sampled` that are taken, without replacement, from `good` and `bad` ones: by
 * inversion, or, from a mean of 10 on, by a ratio of uniforms (HRUE, Stadlober 1990, “The ratio of uniforms approach
 * for generating discrete random variates”, Journal of Computational and Applied Mathematics 31 (1)).
 *
 * @param good whole and ≥ 0, like `bad`.
 * @param sampled whole, from 0 to good + bad.
 */
export function fillHypergeometric(
  key: Key,
  good: Parameter,
  bad: Parameter,
  sampled: Parameter,
  out: Draws,
): void {
  fillBlocks(key, { good, bad, sampled }, out, drawHypergeometric, 'hypergeometric')
}

function drawHypergeometric({ start, count, parameters, draws }: Block, stream: ElementStream): void {
  const goods = parameters[0]!
  const bads = parameters[1]!
  const samples = parameters[2]!
  let table = tableOf(NaN, NaN, NaN)
  for (let i = 0; i < count; i++) {
    const isAsBefore =
      i > 0 && goods[i] === goods[i - 1] && bads[i] === bads[i - 1] && samples[i] === samples[i - 1]
    if (!isAsBefore) table = tableOf(goods[i]!, bads[i]!, samples[i]!)
    if (table) stream.seek(start + i)
    draws[i] = table ? draw(table, stream) : NaN
  }
}

/** The draw in its reduced form: at most half are taken, and at most half are of the kind that is counted. */
interface Table {
  readonly good: number
  readonly bad: number
  readonly taken: number
  readonly mean: number
  readonly probabilityOf0: number
  /** The log odds of being taken: the count is that of a binomial draw, given the total. */
  readonly logit: number
  readonly restore: (k: number) => number
}

function tableOf(good: number, bad: number, sampled: number): Table | null {
  const isCount = (n: number): boolean => Number.isInteger(n) && n >= 0
  const total = good + bad
  if (!(isCount(good) && isCount(bad) && isCount(sampled) && sampled <= total)) return null
  const fewer = Math.min(good, bad)
  const taken = Math.min(sampled, total - sampled)
  const logit = Math.log(taken / (total - taken))
  const restore = (k: number): number => {
    const ofFewer = taken === sampled ? k : fewer - k
    return fewer === good ? ofFewer : sampled - ofFewer
  }
  const table = { good: fewer, bad: total - fewer, taken, mean: (taken / total) * fewer, logit, restore }
  const isSure = fewer === 0 || taken === 0
  const probabilityOf0 = isSure ? 1 : Math.exp(logWeight(0, table) - logBinomial(taken, total - taken, logit))
  return { ...table, mean: isSure ? 0 : table.mean, probabilityOf0 }
}

/** The log probability of k, but for the probability of the total. */
function logWeight(k: number, table: Pick<Table, 'good' | 'bad' | 'taken' | 'logit'>): number {
  const { good, bad, taken, logit } = table
  return logBinomial(k, good - k, logit) + logBinomial(taken - k, bad - (taken - k), logit)
}

function draw(table: Table, stream: ElementStream): number {
  return table.restore(table.mean < SMALL_MEAN ? invert(stream.uniform(), table) : reject(table, stream))
}

/** The first count at which the cumulated probability exceeds u. */
function invert(u: number, { good, bad, taken, probabilityOf0 }: Table): number {
  const largest = Math.min(good, taken, LARGEST_OF_SMALL)
  let probability = probabilityOf0
  let k = 0
  while (u > probability && k < largest) {
    u -= probability
    probability *= ((good - k) / (k + 1)) * ((taken - k) / (bad - taken + k + 1))
    k++
  }
  return k
}

function reject(table: Table, stream: ElementStream): number {
  const { good, bad, taken, mean } = table
  const total = good + bad
  const variance = (mean * (bad / total) * (total - taken)) / (total - 1)
  const width = HAT_SLOPE * Math.sqrt(variance + 0.5) + HAT_OFFSET
  const mode = Math.floor((taken + 1) * ((good + 1) / (total + 2)))
  const logOfMode = logWeight(mode, table)
  for (;;) {
    const u = stream.uniform()
    const k = Math.floor(mean + 0.5 + (width * (stream.uniform() - 0.5)) / u)
    if (k < 0 || k > Math.min(good, taken)) continue
    if (2 * Math.log(u) <= logWeight(k, table) - logOfMode) return k
  }
}
