import type { NdArray } from '@variate/core'
import type { NetworkParams } from './networks/network.ts'
import type { Data } from './plainData.ts'
import type {
  ConditionedNames,
  DeterministicNames,
  InputNames,
  LatentNames,
  NetworkNames,
  ObservedNames,
  ParamNames,
} from './siteTypes.ts'

// Values of a model's sites, by name, as they are given and as they are drawn.

type GivenNames<Types> = RandomNames<Types> | InputNames<Types> | ParamNames<Types> | NetworkNames<Types>

/** A value for each site that may have one. */
export type ValuesOf<Types> = [GivenNames<Types>] extends [never]
  ? NoNames
  : {
      readonly [Name in GivenNames<Types>]: Name extends NetworkNames<Types> ? NetworkParams : Data
    }

/** Of no names at all: `{}` would take any. */
type NoNames = Readonly<Record<string, never>>

/** Values of some of the random sites. */
export type Chosen<Types, Names extends string> = [RandomNames<Types>] extends [never]
  ? NoNames
  : Readonly<Record<Names, Data>>

/** Values of sites that are drawn or computed, as far as there are any. */
export type DrawOf<Types> = [RandomNames<Types> | DeterministicNames<Types>] extends [never]
  ? NoNames
  : { readonly [Name in RandomNames<Types> | DeterministicNames<Types>]?: Data }

export type RandomNames<Types> = LatentNames<Types> | ObservedNames<Types>

/** Draws: an array for each site, an axis for each of its plates before those of its event; data for what is conditioned on. */
export type SampleOf<Types> = {
  readonly [Name in RandomNames<Types> | ConditionedNames<Types> | DeterministicNames<Types>]: NdArray<
    Float64Array | Int32Array | Uint8Array
  >
}

/** Data of some of the observed sites. */
export type SomeData<Types, Names extends string> = [ObservedNames<Types>] extends [never]
  ? NoNames
  : Readonly<Record<Names, Data>>
