import { DomainError } from '@variate/core'
import type { LatentNames, ValuesOf } from '@variate/language'
import { bind, pair, placeOf, type Bound, type Program } from '@variate/language/internal'

/** A model with what it is given, and a guide, if there is one, that fits it. */
export interface Proposed {
  readonly model: Bound
  readonly guide?: Bound | undefined
}

/** What a model is given to be inferred: all but its latents. */
export type Known<Types> = Omit<ValuesOf<Types>, LatentNames<Types>>

/** What a guide is given of its own: parameters and networks. */
export type OwnOf<Types, Guided> = [OwnNames<Types, Guided>] extends [never]
  ? unknown
  : Pick<ValuesOf<Guided>, OwnNames<Types, Guided>>

/** Nothing where a guide has the latents of a model, as its type says; else a sentence that says what it has or lacks. */
export type Fitting<Types, Guided> = [Exclude<LatentNames<Types>, LatentNames<Guided>>] extends [never]
  ? [Exclude<LatentNames<Guided>, LatentNames<Types>>] extends [never]
    ? unknown
    : `"${Exclude<LatentNames<Guided>, LatentNames<Types>>}" is no latent of the model`
  : `the guide has no latent "${Exclude<LatentNames<Types>, LatentNames<Guided>>}"`

/** The names of parameters. */
export type ParametersOf<Types> = {
  [Name in keyof Types & string]: Types[Name] extends { readonly role: 'param' } ? Name : never
}[keyof Types & string]

type OwnNames<Types, Guided> = Exclude<keyof ValuesOf<Guided> & keyof Guided, keyof Types>

/**
 * Checks what a model and a guide are given.
 *
 * @throws DomainError and ShapeError for a guide that does not fit the model, and for what is missing or does not fit either.
 */
export function proposed(
  program: Program,
  guide: Program | undefined,
  given: Readonly<Record<string, unknown>>,
  who: string,
): Proposed {
  const model = bind(program, onlyOf(program, guide, given), {
    who,
    needed: ({ kind }) => kind !== 'latent' && kind !== 'deterministic' && kind !== 'factor',
  })
  if (!guide) return { model }
  for (const site of guide.declarations) {
    const isOwn = site.kind === 'param' || site.kind === 'network'
    if (isOwn && given[site.name] === undefined)
      throw new DomainError(
        `${who}: ${placeOf(site)} must be given: it is a ${site.kind === 'param' ? 'parameter' : 'network'} of the guide`,
      )
  }
  return pair(program, guide, given, { who })
}

/** What is given to a compiled function of model and guide. */
export function argumentsOf({ model, guide }: Proposed): [never, never, never, never] {
  return [
    model.values as never,
    model.present as never,
    (guide?.values ?? {}) as never,
    Object.fromEntries(model.sizes) as never,
  ]
}

/** The model's part of what is given, and whatever is nobody's. */
function onlyOf(
  program: Program,
  guide: Program | undefined,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const isOf = (of: Program, name: string): boolean => of.declarations.some((site) => site.name === name)
  return Object.fromEntries(
    Object.entries(given).filter(([name]) => isOf(program, name) || !guide || !isOf(guide, name)),
  )
}
