import { batch } from '@variate/compile'
import { DomainError } from '@variate/core'
import { shown } from '@variate/core/internal'

/** What a function gives for each of some particles, along a first axis: each draws for itself. */
export function overParticles<Result>(count: number, f: () => Result): Result {
  return batch(f, { size: count })()
}

/** @throws DomainError unless it is a whole number of particles, or of what has another name. */
export function checkParticles(who: string, particles: unknown, least = 1, name = 'particles'): void {
  if (Number.isInteger(particles) && (particles as number) >= least) return
  throw new DomainError(`${who}: ${name} must be a whole number ≥ ${least}, got ${shown(particles)}`)
}
