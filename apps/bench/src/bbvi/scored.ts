import { key, ndarray, random } from '@variate/core'
import type { MedianInterval } from '../medianInterval.ts'
import { PythonProcess } from '../peer/pythonProcess.ts'
import { laterMean, switchesFit, timerOf } from './fits.ts'
import { measureTurns, medianOf, ratioOf } from './turns.ts'

export interface ScoredResult {
  readonly particles: number
  readonly threads: 'one' | 'all'
  readonly ours: number
  readonly peer: number
  readonly ratio: MedianInterval
  /** The log evidence less each side's bound after many steps, in nats: q can be the posterior. */
  readonly gaps: { readonly ours: number; readonly peer: number }
}

const NUMBERS = 20
const PRIOR = 0.3
const LENGTHS = { ours: [2000, 42_000], peer: [10, 110] } as const
const QUICK = { ours: [10, 60], peer: [2, 12] } as const
const CLIMB = 3000

/** Twenty Bernoulli latents by the score function, against Pyro's `TraceGraph_ELBO`. */
export async function scored(
  python: string,
  particles: number,
  { turns, quick, status }: { turns: number; quick: boolean; status: (text: string) => void },
): Promise<ScoredResult> {
  const draws = random.normal(key(5), [NUMBERS], { dtype: 'float64' }).data
  const x = ndarray(
    draws.map((e, i) => e + (i % 3 === 0 ? 1 : 0)),
    [NUMBERS],
  )
  const processes = {
    one: new PythonProcess(python, ['scored.py', 'one'], { who: 'Pyro' }),
    all: new PythonProcess(python, ['scored.py', 'all'], { who: 'Pyro' }),
  }
  try {
    const prepare = (on: 'one' | 'all') => processes[on].ask('prepare', { x: [...x.data], particles })
    const run = async (on: 'one' | 'all', steps: number) =>
      (await processes[on].ask('run', { steps })) as { readonly seconds: number; readonly bound: number }
    await prepare('one')
    await prepare('all')
    const climb = quick ? 100 : CLIMB
    const fit = switchesFit(x, particles)
    status(`score function, ${particles} particles: bounds`)
    const evidence = logEvidence(x.data)
    const gaps = {
      ours: evidence - laterMean(await fit(climb)),
      peer: evidence - (await run('one', climb)).bound,
    }
    const [one, all] = [await run('one', 50), await run('all', 50)]
    const threads = one.seconds <= all.seconds ? 'one' : 'all'
    const sides = {
      ours: timerOf(fit),
      peer: async (steps: number) => (await run(threads, steps)).seconds,
    }
    const measured = await measureTurns(sides, quick ? QUICK : LENGTHS, turns, (turn) =>
      status(`score function, ${particles} particles: turn ${turn} of ${turns}`),
    )
    return {
      particles,
      threads,
      ours: medianOf(measured, 'ours'),
      peer: medianOf(measured, 'peer'),
      ratio: ratioOf(measured, 'peer', 'ours'),
      gaps,
    }
  } finally {
    for (const process of Object.values(processes)) process.close()
  }
}

/** log Σ_z p(z) N(x; z, 1), over all numbers. */
export function logEvidence(x: ArrayLike<number>): number {
  const density = (at: number): number => Math.exp(-0.5 * at * at) / Math.sqrt(2 * Math.PI)
  return Array.from(x).reduce(
    (total, at) => total + Math.log(PRIOR * density(at - 1) + (1 - PRIOR) * density(at)),
    0,
  )
}
