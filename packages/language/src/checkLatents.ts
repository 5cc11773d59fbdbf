import { DomainError } from '@variate/core'
import type { Declaration } from './declaration.ts'
import { checkPlates, latentsOf } from './guideProgram.ts'
import { placeOf, titleOf, type Program } from './program.ts'
import { suggestion } from './suggestion.ts'

/** @throws DomainError for latents of the one that are none of the other, and those in other plates. */
export function checkLatents(model: Program, guide: Program, who: string): void {
  const [expected, own] = [latentsOf(model), latentsOf(guide)]
  for (const [name, site] of own) {
    const inModel = expected.get(name)
    if (inModel) {
      checkPlates(who, site, inModel)
      continue
    }
    const other = model.declarations.find((declared) => declared.name === name)
    throw new DomainError(
      other
        ? `${who}: the guide has ${placeOf(site)}, which is ${other.kind === 'latent' ? '' : 'no latent but '}${other.kind} in ${titleOf(model)}: ` +
            'leave it out of the guide'
        : `${who}: the guide has ${placeOf(site)}, and "${name}" ${suggestion(name, [...expected.keys()], `a latent of ${titleOf(model)}`)}`,
    )
  }
  for (const [name, site] of expected) {
    if (own.has(name)) continue
    throw new DomainError(
      `${who}: the guide has no ${placeOf(site)}, which is latent in ${titleOf(model)}: ` +
        `add .latent('${name}', …) to the guide${site.plates.length > 0 ? ` in ${whereIn(site)}` : ''}`,
    )
  }
}

function whereIn({ plates }: Declaration): string {
  return `plate ${plates.map((plate) => `"${plate}"`).join(' and in it ')}`
}
