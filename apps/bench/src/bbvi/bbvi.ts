import '@tensorflow/tfjs-backend-cpu'
import { loadavg } from 'node:os'
import { setBackend } from '@tensorflow/tfjs-core'
import type { Benchmark } from '../benchmark.ts'
import { CompiledPeer } from '../compile/compiledPeer.ts'
import { firstCalls } from '../compile/firstCalls.ts'
import { eightSchools, logisticRegression } from '../compile/models.ts'
import { machine } from '../machine.ts'
import { logisticFit, schoolsFit } from './fits.ts'
import { onPath, type PathCase, type PathResult } from './onPath.ts'
import { report } from './report.ts'
import { scored, type ScoredResult } from './scored.ts'

const TURNS = 7
const FIRST_STEPS = 20_000
const CHILD = new URL('child.ts', import.meta.url)

const paths: readonly PathCase[] = [
  ...(['float32', 'float64'] as const).map((precision) => ({
    name: 'eight schools',
    precision,
    peer: { name: 'eightSchools' },
    task: () => eightSchools(precision),
    fit: schoolsFit,
    lengths: [100_000, 1_300_000] as const,
    peerLengths: [20_000, 120_000] as const,
    tolerance: 0.2,
    target: precision === 'float32' ? 20 : 12,
  })),
  {
    name: 'logistic regression 10,000 × 50',
    precision: 'float32',
    peer: { name: 'logisticRegression' },
    task: (quick) =>
      quick ? logisticRegression('float32', 40, 5) : logisticRegression('float32', 10_000, 50),
    fit: logisticFit,
    lengths: [500, 6500],
    peerLengths: [200, 2200],
    tolerance: 3,
    target: 0.8,
  },
]

/** Fits as users have them, against the loop that they come to, NumPyro's and Pyro's steps. */
export const bbvi: Benchmark = {
  name: 'bbvi',
  about: 'black-box variational inference: steps of fits, against the bare loop, NumPyro and Pyro',
  async run({ quick, status }) {
    await setBackend('cpu')
    const peer = await CompiledPeer.open(status)
    try {
      const turns = quick ? 2 : TURNS
      const { python, ...packages } = await peer.versions()
      const on = `${machine({ Python: python!, ...packages })} · load ${loadavg()[0]!.toFixed(1)}`
      const ofPaths: PathResult[] = []
      for (const item of paths) ofPaths.push(await onPath(item, peer, { turns, quick, status }))
      const scores: ScoredResult[] = []
      for (const particles of [1, 16])
        scores.push(await scored(peer.python, particles, { turns, quick, status }))
      status('first fits')
      const first = await firstCalls(peer.python, quick ? 1 : TURNS, quick ? 100 : FIRST_STEPS, CHILD)
      return report({ paths: ofPaths, scores, first }, { turns, quick, on })
    } finally {
      peer.close()
    }
  },
}
