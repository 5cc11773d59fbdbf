import type { DiscreteName } from '@variate/distributions'
import type { Draws } from '@variate/estimators'
import type { FamilyKinds } from '@variate/families'
import type { LatentNames } from '@variate/language'

/** The latents that are known to be discrete. */
type DiscreteNames<Types> = {
  [Name in LatentNames<Types>]: Types[Name] extends { readonly distribution: { readonly name: infer Of } }
    ? string extends Of
      ? never
      : Of extends DiscreteName
        ? Name
        : never
    : never
}[LatentNames<Types>]

/** Nothing where an estimator takes all draws of a family over a model's latents; else a sentence that says which it does not. */
export type Taken<Types, Kinds extends FamilyKinds, Needs extends Draws> = [Needs] extends ['reparameterized']
  ? [DiscreteNames<Types>] extends [never]
    ? Kinds['continuous'] extends 'reparameterized'
      ? unknown
      : 'this estimator differentiates draws, and those of the family have no derivative: use scoreFunction() or automatic()'
    : `this estimator differentiates draws, and "${DiscreteNames<Types>}" is discrete: use scoreFunction() or automatic()`
  : unknown

/**
 * Nothing where what stands in for an estimator that is not given takes all draws over a model's latents; else a sentence.
 *
 * @typeParam Needs never, if none is given.
 */
export type TakenUnsaid<Types, Needs extends Draws> = [Needs] extends [never]
  ? [DiscreteNames<Types>] extends [never]
    ? unknown
    : `"${DiscreteNames<Types>}" is discrete, and an estimator has to be given that takes it: scoreFunction() or automatic()`
  : unknown

/** Nothing where a family takes all latents of a model; else a sentence that says which it does not. */
export type TakenBy<Types, Kinds extends FamilyKinds> = [Kinds['discrete']] extends [false]
  ? [DiscreteNames<Types>] extends [never]
    ? unknown
    : `this family is of continuous latents, and "${DiscreteNames<Types>}" is discrete: put it in a structured() family with meanField()`
  : unknown
