import { DomainError } from '@variate/core'
import type { Declaration, InputDeclaration } from './declaration.ts'
import { isShared } from './guideProgram.ts'
import { placeOf, siteOf, titleOf, type Program } from './program.ts'

/**
 * The guide with the data of this model for those of the one that it was made of.
 *
 * @throws DomainError for plates and data that this model does not have as that one has them, and names that both declare.
 */
export function seenBy(model: Program, guide: Program, who: string): Program {
  const of = guide.guides!
  if (of === model) return guide
  for (const [name, { size, isChain }] of guide.plates) {
    const own = model.plates.get(name)
    const isUsed = guide.declarations.some(({ plates }) => plates.includes(name))
    if (!isUsed || (own && own.size === size && own.isChain === isChain)) continue
    throw new DomainError(
      `${who}: the guide was made for model "${of.name}", whose plate "${name}" has size ${size}; ` +
        `${titleOf(model)} has ${own ? `size ${own.size}` : 'no such plate'}: make the guide of this model`,
    )
  }
  const declarations = guide.declarations.map((site): Declaration => {
    if (isShared(site)) return sharedBy(model, site, who)
    if (site.kind !== 'input') {
      if (site.kind === 'latent' || !model.declarations.some(({ name }) => name === site.name)) return site
      throw new DomainError(
        `${who}: "${site.name}" is declared by the guide and by ${titleOf(model)}: give it another name in the guide`,
      )
    }
    const own = model.declarations.find(({ name }) => name === site.name)
    const isData = own?.kind === 'observed' || own?.kind === 'input'
    if (!isData || String(own.plates) !== String(site.plates)) {
      throw new DomainError(
        `${who}: the guide was made for model "${of.name}", in which ${placeOf(site)} is known; in ${titleOf(model)} ` +
          `${own ? `${placeOf(own)} is ${own.kind}` : 'there is none'}: make the guide of this model`,
      )
    }
    return own.value === site.value ? site : withValue(site, own.value)
  })
  return { ...guide, guides: model, plates: model.plates, declarations }
}

/**
 * The model's own of what the guide shares with the one that it was made of.
 *
 * @throws DomainError for one that is not there, or is of another domain or other layers.
 */
function sharedBy(model: Program, site: Declaration, who: string): Declaration {
  const own = siteOf(model, site.name)
  if (own && own.kind === site.kind && formOf(own) === formOf(site))
    return { ...own, isShared: true } as Declaration
  throw new DomainError(
    `${who}: the guide shares ${placeOf(site)}, a ${formOf(site)}, with the model that it was made for; in ${titleOf(model)} ` +
      `${own ? `it is a ${formOf(own)}` : 'there is none'}: make the guide of this model`,
  )
}

function formOf(site: Declaration): string {
  const { kind, plates } = site
  if (kind === 'network') return `network from [${site.network.input}] to [${site.network.output}]`
  const domain = kind === 'param' ? ` of shape [${site.domain.shape}] (${site.domain.constraint.name})` : ''
  return `${kind}${domain}${plates.length > 0 ? ` in ${plates.join(', ')}` : ''}`
}

function withValue(
  { kind, name, plates }: InputDeclaration,
  value: InputDeclaration['value'],
): InputDeclaration {
  return { kind, name, plates, ...(value ? { value } : {}) }
}
