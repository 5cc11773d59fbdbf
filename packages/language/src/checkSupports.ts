import { evalShape } from '@variate/compile'
import { DomainError } from '@variate/core'
import { fill } from '@variate/core/ops'
import type { Distribution } from '@variate/distributions'
import type { Declaration } from './declaration.ts'
import { knownViolation } from './knownViolation.ts'
import type { PlainData } from './plainData.ts'
import { placeOf } from './program.ts'
import { violationIn } from './violationIn.ts'

/**
 * Checks data against what is known of them before anything is computed: parameters against their domains, observations and
 * what is set by an intervention against the supports of their distributions. Where these have ends that other sites settle,
 * only the rest of what they say is checked. Latents may be given any value: outside of the support their density is 0.
 *
 * @param supports of each random site: those of a chain's first step and of the others may differ.
 * @throws DomainError that names site, element, value and set.
 */
export function checkSupports(
  plain: ReadonlyMap<Declaration, PlainData>,
  supports: ReadonlyMap<Declaration, readonly Distribution[]>,
  who: string,
): void {
  const check = (): void => {
    for (const [site, data] of plain) {
      if (site.kind === 'param') {
        const { name, description } = site.domain.constraint
        const found = violationIn(site.domain.constraint, data)
        if (found !== undefined)
          throw new DomainError(`${who}: ${placeOf(site)} must be ${description} (${name}), got ${found}`)
      } else if (site.kind === 'observed' || site.kind === 'input') {
        const made = supports.get(site) ?? []
        const all = made.map(({ support }) => knownViolation(support, data))
        if (all.length === 0 || all.includes(undefined)) continue
        const what = `outside the support of its ${made[0]!.name} distribution, which is ${made[0]!.support.description}`
        throw new DomainError(`${who}: ${placeOf(site)}: ${all[0]} is ${what}`)
      }
    }
  }
  // In a trace ends that are tensors are left open: here they are those of another trace, and have no values.
  evalShape(() => {
    check()
    return fill([], 0)
  })()
}
