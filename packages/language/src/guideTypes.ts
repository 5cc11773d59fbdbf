import type { Distribution } from '@variate/distributions'
import type { ConditionedSite, FixedSite, InputSite, LatentNames, LatentSite } from './siteTypes.ts'

// What the type checker knows of a guide. `Of` are the sites of the model, `Types` those that the guide's functions see.

/** What a guide sees of a model: its observed sites and inputs, and what is fixed. */
export type SeenOf<Of> = {
  readonly [
    Name in keyof Of as Of[Name] extends { readonly role: 'observed' | 'input' | 'conditioned' | 'fixed' }
      ? Name
      : never
  ]: Of[Name] extends FixedSite | ConditionedSite ? FixedSite : InputSite
}

/** A name of a latent that the guide does not have yet; else a sentence that says why not. */
export type GuidedLatent<Name extends string, Of, Types> = string extends Name
  ? 'names of sites are literals, such as "mu"'
  : Name extends LatentNames<Of>
    ? Name extends keyof Types
      ? `latent "${Name}" is already declared`
      : Name
    : `"${Name}" is no latent of the model`

/** A name for what only the guide has; else a sentence that says why not. */
export type GuideOwn<Name extends string, Of, Types> = string extends Name
  ? 'names of sites are literals, such as "mu"'
  : Name extends ''
    ? 'names of sites are not empty'
    : Name extends keyof Of
      ? `"${Name}" is a site of the model`
      : Name extends keyof Types
        ? `site "${Name}" is already declared`
        : Name

/** A name of a plate of the model; else a sentence. */
export type GuidedPlate<Name extends string, Plates extends string> = Name extends Plates
  ? Name
  : `"${Name}" is no plate of the model`

/** A guide's sites with one latent more. */
export type WithLatent<Types, Name extends string, Made extends Distribution> = Types &
  Readonly<Record<Name, LatentSite<Made>>>
