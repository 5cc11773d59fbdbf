import type { NdArray } from '@variate/core'
import type { InputNames, LatentNames, ObservedNames, ValuesOf } from '@variate/language'
import type { DrawnData } from '../bbvi/drawnData.ts'
import type { EmData } from '../em/em.ts'
import type { StreamedData } from './stream/streamedData.ts'

// What the type checker knows of examples, as they are given.

/** Values of one site, for all examples. */
export type ExampleData = ValuesOf<{ readonly x: { readonly role: 'input' } }>['x']

/** The names of data that a network may read. */
export type ExampleNames<Types> = ObservedNames<Types> | InputNames<Types>

/** Whether there is one name only. */
type IsSingle<Names, All = Names> = Names extends unknown ? ([All] extends [Names] ? true : false) : never

/** Values by name; of a single site also without a name. */
type ByName<Names extends string, Optional extends string, Values = ExampleData> =
  | ({ readonly [Name in Names]: Values } & { readonly [Name in Optional]?: Values })
  | (IsSingle<Names> extends true ? ([Optional] extends [never] ? Values : never) : never)

/**
 * New examples: observations, and inputs as far as they are not of all examples. Without a name, where there is one site. Data that
 * are drawn afresh in each step of a fit are drawn once here, where there is a key, else read as they are.
 */
export type Examples<Types> = ByName<ObservedNames<Types>, InputNames<Types>, ExampleData | DrawnData>

/** Values of the latents, an example a row, with inputs that observations depend on. */
export type Codes<Types> = ByName<LatentNames<Types>, InputNames<Types>>

/** What a fit is given: data, also such as are drawn afresh in each step, or come in parts that follow each other or while it goes on. */
export type AmortizedData<Types> = {
  readonly [Name in keyof EmData<Types>]: Name extends ExampleNames<Types>
    ? EmData<Types>[Name] | DrawnData | AsyncIterable<ExampleData> | StreamedData<ExampleData>
    : EmData<Types>[Name]
}

/** Arrays of numbers by name. */
export type Arrays<Names extends string> = { readonly [Name in Names]: NdArray<Float64Array> }
