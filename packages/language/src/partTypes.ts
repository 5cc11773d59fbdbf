import type { Numbers } from '@variate/distributions'
import type { DeterministicSite, EnvironmentOf } from './siteTypes.ts'

/** How a part belongs to a model. */
export interface PartOptions<Types, Inputs extends string, PartPlates extends string, Plates extends string> {
  /** What inputs of the part are: functions of what is declared before it, for one element of the input's plates. */
  readonly inputs?: { readonly [Name in Inputs]: (environment: EnvironmentOf<Types>) => Numbers }
  /** Which plates of the part are plates of the model; others are its own. */
  readonly plates?: { readonly [Plate in PartPlates]: Plates }
}

/** The sites of a part, under names that begin with its own. */
export type PartTypes<Part extends string, Types, Settled extends string> = {
  readonly [Name in keyof Types & string as `${Part}.${Name}`]: Name extends Settled
    ? DeterministicSite
    : Types[Name]
}

/** A name that a part may have; else a sentence that says why not. */
export type FreePart<Part extends string, PartSites, Types> = string extends Part
  ? 'names of parts are literals, such as "left"'
  : Part extends ''
    ? 'names of parts are not empty'
    : [keyof PartTypes<Part, PartSites, never> & keyof Types] extends [never]
      ? Part
      : `site "${keyof PartTypes<Part, PartSites, never> & keyof Types & string}" is already declared`
