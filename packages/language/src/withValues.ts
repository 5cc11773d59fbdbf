import { DomainError } from '@variate/core'
import type { Declaration, InputDeclaration, RandomSite } from './declaration.ts'
import { entryOf } from './entryOf.ts'
import { plainData, type PlainData } from './plainData.ts'
import { placeOf, siteOf, type Program } from './program.ts'
import { suggestion } from './suggestion.ts'

type Given = Readonly<Record<string, unknown>>

/** The program in which some sites are observed to have these values: their densities count. */
export function conditioned(program: Program, values: Given): Program {
  return withValues(program, values, 'condition', (site, value) => ({ ...site, kind: 'observed', value }))
}

/**
 * The program in which some sites are set to values, whatever they depended on, and have no density: the do-operator.
 *
 * @see Pearl, Causality (2009), section 3.2.
 */
export function intervened(program: Program, values: Given): Program {
  return withValues(program, values, 'intervene', (from, value) => ({
    kind: 'input',
    name: from.name,
    plates: from.plates,
    value,
    from,
  }))
}

/** @throws DomainError for sites that there are not, or that are not random, and values that are no numbers. */
function withValues(
  program: Program,
  values: Given,
  how: string,
  replaced: (site: RandomSite, value: PlainData) => RandomSite | InputDeclaration,
): Program {
  const who = `model "${program.name}": ${how}`
  const random = program.declarations.filter(isRandom)
  const names = random.map(({ name }) => name)
  for (const name of Object.keys(values)) {
    const site = random.find((other) => other.name === name)
    if (!site)
      throw new DomainError(
        `${who}: "${name}" ${suggestion(name, names, 'a latent or an observed site', siteOf(program, name))}`,
      )
    if (site.value && values[name] !== undefined)
      throw new DomainError(`${who}: ${placeOf(site)} has a value already, and cannot be given another`)
  }
  const declarations = program.declarations.map((site): Declaration => {
    const value = entryOf(values, site.name)
    if (value === undefined || !isRandom(site)) return site
    return Object.freeze(replaced(site, plainData(value, `${who}: ${placeOf(site)}`)))
  })
  return { ...program, declarations: Object.freeze(declarations) }
}

function isRandom(site: Declaration): site is RandomSite {
  return site.kind === 'latent' || site.kind === 'observed'
}
