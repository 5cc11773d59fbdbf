import '@tensorflow/tfjs-backend-cpu'
import { setBackend } from '@tensorflow/tfjs-core'
import type { Benchmark } from '../benchmark.ts'
import { machine } from '../machine.ts'
import { cases } from './cases.ts'
import { CompiledPeer } from './compiledPeer.ts'
import { contest, type Result } from './contest.ts'
import { firstCalls } from './firstCalls.ts'
import { report } from './report.ts'

const PAIRS = 7

/**
 * Compiled programs against NumPyro, JAX and NumPy in one run: steps of variational inference in a loop, values with their
 * gradients, random draws, and the first call in a process of its own.
 */
export const compile: Benchmark = {
  name: 'compile',
  about: 'compiled programs: steps of inference and gradients, against NumPyro and JAX',
  async run({ quick, status }) {
    await setBackend('cpu')
    const peer = await CompiledPeer.open(status)
    try {
      const { python, ...packages } = await peer.versions()
      const on = machine({ Python: python!, ...packages })
      const pairs = quick ? 3 : PAIRS
      const results: Result[] = []
      for (const item of cases) results.push(await contest(item, peer, { pairs, quick, status }))
      status('first calls')
      const first = await firstCalls(peer.python, quick ? 3 : PAIRS, quick ? 100 : 20_000)
      return report(results, first, { pairs, quick, on })
    } finally {
      peer.close()
    }
  },
}
