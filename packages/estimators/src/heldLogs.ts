import { stopGradient } from '@variate/core/ops'
import { elementLogs, type ElementLogs } from './elements.ts'
import { mapTree } from './gradientOf.ts'
import type { Sampled } from './multiSample.ts'
import { overParticles } from './particles.ts'

/** log p and log q of draws that are no functions of the parameters, particle by particle along a first axis. */
export function heldLogs({ problem, elements, parameters, key }: Sampled, particles: number): ElementLogs {
  return overParticles(particles, () => {
    const values = mapTree(problem.draw(parameters, key), (x) => stopGradient(x))
    return elementLogs(problem, elements, parameters, values)
  })
}
