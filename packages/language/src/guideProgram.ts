import { DomainError, UnsupportedError } from '@variate/core'
import { shown } from '@variate/core/internal'
import type {
  Declaration,
  InputDeclaration,
  NetworkDeclaration,
  ParamDeclaration,
  Plate,
} from './declaration.ts'
import { placeOf, siteOf, titleOf, type Program } from './program.ts'
import { suggestion } from './suggestion.ts'

/** The program of a guide without latents: what it sees of the model are its inputs. */
export function guideProgram(model: Program): Program {
  return {
    name: `guide of ${model.name}`,
    declarations: Object.freeze(model.declarations.flatMap(seen)),
    plates: model.plates,
    guides: model,
  }
}

function seen(site: Declaration): readonly InputDeclaration[] {
  if (site.kind !== 'observed' && site.kind !== 'input') return []
  const { name, plates, value } = site
  return [Object.freeze({ kind: 'input', name, plates, ...(value ? { value } : {}) })]
}

/**
 * A guide's program that reads a parameter or a network of the model as well.
 *
 * @throws DomainError for a name that is none of these, and for one that is there already.
 */
export function withShared(program: Program, name: string): Program {
  const { declarations, guides } = program
  const who = titleOf(program)
  const choice = guides!.declarations.filter(isFitted)
  const site = choice.find((own) => own.name === name)
  if (!site)
    throw new DomainError(
      `${who}: shared: ${shown(name)} ${suggestion(
        String(name),
        choice.map((own) => own.name),
        'a parameter or a network of the model',
        siteOf(guides!, name),
      )}`,
    )
  if (declarations.some((other) => other.name === name))
    throw new DomainError(`${who}: "${name}" is already shared`)
  const shared = Object.freeze({ ...site, isShared: true } as const)
  return { ...program, declarations: Object.freeze([...declarations, shared]) }
}

/** Whether it is the model's, which the guide reads as well. */
export function isShared(site: Declaration): boolean {
  return isFitted(site) && site.isShared === true
}

function isFitted(site: Declaration): site is ParamDeclaration | NetworkDeclaration {
  return site.kind === 'param' || site.kind === 'network'
}

/** The latents of a program, by name. */
export function latentsOf({ declarations }: Program): ReadonlyMap<string, Declaration> {
  return new Map(declarations.flatMap((site) => (site.kind === 'latent' ? [[site.name, site]] : [])))
}

/**
 * @throws DomainError for a site that a guide of this model does not have, or not there; UnsupportedError for kinds of sites
 *   that no guide has.
 */
export function checkGuideSite(model: Program, site: Declaration): void {
  const who = `guide of model "${model.name}"`
  const { name, kind } = site
  if (kind === 'observed' || kind === 'input' || kind === 'factor') {
    throw new UnsupportedError(
      `${who}: site "${name}" is ${kind === 'observed' ? '' : kind === 'input' ? 'an ' : 'a '}${kind}: ` +
        'a guide has latents, parameters, networks and what is computed of them',
    )
  }
  const latents = latentsOf(model)
  if (kind !== 'latent') {
    const inModel = model.declarations.find((other) => other.name === name)
    if (!inModel) return
    const hint = isFitted(inModel) ? `, or read the model's by .shared('${name}')` : ''
    throw new DomainError(
      `${who}: "${name}" is a site of the model: give what only the guide has another name${hint}`,
    )
  }
  const own = latents.get(name)
  if (!own)
    throw new DomainError(
      `${who}: "${name}" ${suggestion(name, [...latents.keys()], 'a latent of the model', siteOf(model, name))}`,
    )
  checkPlates(who, site, own)
  const chain = site.plates.find((plate) => model.plates.get(plate)!.isChain)
  if (chain !== undefined && !site.next)
    throw new DomainError(
      `${who}: ${placeOf(site)} is in a chain: it must have a distribution of the first step, and one of the next`,
    )
}

/** @throws DomainError for a latent that is in other plates than in the model. */
export function checkPlates(who: string, site: Declaration, inModel: Declaration): void {
  if (String(site.plates) === String(inModel.plates)) return
  throw new DomainError(
    `${who}: latent "${site.name}" is ${whereIs(site)} in the guide, expected ${whereIs(inModel)}, as in the model: ` +
      'declare it there',
  )
}

function whereIs({ plates }: Declaration): string {
  if (plates.length === 0) return 'in no plate'
  const names = plates.map((plate) => `"${plate}"`).join(' and in it ')
  return `in plate ${names}`
}

/** @throws DomainError for a plate that the model does not have, or has otherwise, and for a chain that is opened again. */
export function checkGuidePlate(
  { declarations, guides }: Program & { readonly guides: Program },
  name: string,
  { size, isChain }: Plate,
): void {
  const who = `guide of model "${guides.name}"`
  const known = guides.plates.get(name)
  if (!known)
    throw new DomainError(
      `${who}: "${name}" ${suggestion(name, [...guides.plates.keys()], 'a plate of the model')}`,
    )
  if (known.isChain !== isChain)
    throw new DomainError(
      `${who}: "${name}" is a ${known.isChain ? 'chain' : 'plate'} of the model: open it by ${known.isChain ? 'markov' : 'plate'}`,
    )
  if (known.size !== size)
    throw new DomainError(
      `${who}: plate "${name}" has size ${shown(known.size)} in the model, and here ${shown(size)}`,
    )
  if (isChain && declarations.some(({ kind, plates }) => kind !== 'input' && plates.includes(name)))
    throw new DomainError(`${who}: chain "${name}" is already declared`)
}
