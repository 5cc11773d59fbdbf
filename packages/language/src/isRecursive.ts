import type { Declaration, DeterministicDeclaration } from './declaration.ts'

/** A site whose value in a step is computed of the step before. */
export function isRecursive(site: Declaration): site is DeterministicDeclaration {
  return site.kind === 'deterministic' && site.next !== undefined
}
