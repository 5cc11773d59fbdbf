import { DomainError } from '@variate/core'
import { guideFamily, meanField, type Family } from '@variate/families'
import type { Guide } from '@variate/language'
import { bind, freeParameters, uncentered, type Declaration, type Program } from '@variate/language/internal'
import type { Setting } from './problemOf.ts'

interface Chosen {
  readonly family?: Family
  readonly guide?: Guide
}

/**
 * A model with its data and a family, as it is fitted: latents that are not centred as their deviations, unless a guide draws them
 * as they are.
 *
 * @throws DomainError and ShapeError for data that do not fit; UnsupportedError for a latent that the family cannot take.
 */
export function settingOf(program: Program, chosen: Chosen, data: object, who: string): Setting {
  const family = familyOf(chosen, who)
  const known = data as Readonly<Record<string, unknown>>
  const needed = ({ kind }: Declaration): boolean => kind === 'observed' || kind === 'input'
  const declared = bind(program, known, { who, needed })
  const made = chosen.guide ? program : uncentered(declared, { who }).program
  const model = made === program ? declared : bind(made, known, { who, needed })
  return {
    model,
    theta: freeParameters(model),
    variational: family.of(model, who),
    latents: program.declarations.flatMap(({ kind, name }) => (kind === 'latent' ? [name] : [])),
  }
}

/** @throws DomainError for a family and a guide. */
export function familyOf({ family, guide }: Chosen, who: string): Family {
  if (family && guide) throw new DomainError(`${who}: give a family or a guide, not both`)
  return guide ? guideFamily(guide) : (family ?? meanField())
}
