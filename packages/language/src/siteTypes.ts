import type { Tensor } from '@tensorflow/tfjs-core'
import type { Distribution } from '@variate/distributions'

// What the type checker knows of sites. None of it is there at run time.

/** An unknown of a model, with the distribution that it is declared with. */
export interface LatentSite<Of extends Distribution = Distribution> {
  readonly role: 'latent'
  readonly distribution: Of
}

export interface ObservedSite<Of extends Distribution = Distribution> {
  readonly role: 'observed'
  readonly distribution: Of
}

export interface InputSite {
  readonly role: 'input'
}

export interface ParamSite {
  readonly role: 'param'
}

/** A function with parameters of its own. */
export interface NetworkSite {
  readonly role: 'network'
}

export interface DeterministicSite {
  readonly role: 'deterministic'
}

/** A term of the log joint that has no value for others to read. */
export interface FactorSite {
  readonly role: 'factor'
}

/** What is observed to have a value: its density counts, and nobody gives it. */
export interface ConditionedSite {
  readonly role: 'conditioned'
}

/** What is set to a value, whatever its distribution was: others read it, nobody gives it. */
export interface FixedSite {
  readonly role: 'fixed'
}

/** The sites of a model, by name. */
// oxlint-disable-next-line typescript/no-empty-object-type -- an index signature would let every name be declared
export type ModelTypes = {}

type NamesOf<Types, Role> = {
  [Name in keyof Types & string]: Types[Name] extends { readonly role: Role } ? Name : never
}[keyof Types & string]

export type LatentNames<Types> = NamesOf<Types, 'latent'>
export type ObservedNames<Types> = NamesOf<Types, 'observed'>
export type InputNames<Types> = NamesOf<Types, 'input'>
export type ParamNames<Types> = NamesOf<Types, 'param'>
export type NetworkNames<Types> = NamesOf<Types, 'network'>

export type DeterministicNames<Types> = NamesOf<Types, 'deterministic'>
export type FactorNames<Types> = NamesOf<Types, 'factor'>
export type ConditionedNames<Types> = NamesOf<Types, 'conditioned'>

/** The sites with some of them observed, or set. */
export type WithFixed<Types, Names, As extends ConditionedSite | FixedSite> = {
  readonly [Name in keyof Types]: Name extends Names ? As : Types[Name]
}

/** The sites with missing elements of observed ones as latents: those are computed of what is there and what is not. */
export type WithMissing<Types, Names extends string> = {
  readonly [Name in keyof Types]: Name extends Names ? DeterministicSite : Types[Name]
} & {
  readonly [Name in Names & keyof Types as `${Name}.missing`]: Types[Name] extends ObservedSite<infer Of>
    ? LatentSite<Of>
    : never
}

/** What the function of a site sees: what is declared before it, for one element of its plates. */
export type EnvironmentOf<Types> = {
  readonly [
    Name in keyof Types as Types[Name] extends FactorSite ? never : Name
  ]: Types[Name] extends NetworkSite ? (x: Tensor) => Tensor : Tensor
}

/** A name that may be declared; else a sentence that says why not. */
export type Free<Name extends string, Types> = string extends Name
  ? 'names of sites are literals, such as "mu"'
  : Name extends ''
    ? 'names of sites are not empty'
    : Name extends keyof Types
      ? `site "${Name}" is already declared`
      : Name

/** Indexed names: `z1`, `z2`, … for the entries of a tuple. Its recursion is in tail position: it may be a thousand deep. */
export type IndexedNames<
  Prefix extends string,
  Entries extends readonly unknown[],
  Names = never,
> = Entries extends readonly [...infer Rest, unknown]
  ? IndexedNames<Prefix, Rest, Names | `${Prefix}${Entries['length']}`>
  : Names

/** A prefix whose indexed names may all be declared; else a sentence that says why not. */
export type FreePrefix<
  Prefix extends string,
  Entries extends readonly unknown[],
  Types,
> = string extends Prefix
  ? 'names of sites are literals, such as "mu"'
  : Prefix extends ''
    ? 'names of sites are not empty'
    : [IndexedNames<Prefix, Entries> & keyof Types] extends [never]
      ? Prefix
      : `site "${IndexedNames<Prefix, Entries> & keyof Types & string}" is already declared`

/** Anything where the number of entries is known, one at least; else a sentence that says what they must be. */
export type Layered<Entries extends readonly unknown[]> = number extends Entries['length']
  ? 'entries of layers are written out, such as [64, 32]: their number makes the names'
  : Entries extends readonly []
    ? 'there must be an entry for each layer'
    : unknown

/** The layers of a hierarchy: the top has a distribution of its own kind. */
export type LayerTypes<
  Prefix extends string,
  Entries extends readonly unknown[],
  Top extends Distribution,
  Below extends Distribution,
> = {
  readonly [Name in IndexedNames<Prefix, Entries>]: Name extends `${Prefix}${Entries['length']}`
    ? LatentSite<Top>
    : LatentSite<Below>
}
