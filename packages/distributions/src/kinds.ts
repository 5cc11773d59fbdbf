/** What is known of a distribution from its type: of one that may be any, nothing is, and a program is checked when it runs. */

/** The names of distributions of whole numbers, or of vectors of them. */
export type DiscreteName =
  | 'bernoulli'
  | 'bernoulliStraightThrough'
  | 'betaBinomial'
  | 'binomial'
  | 'categorical'
  | 'dirichletMultinomial'
  | 'discreteUniform'
  | 'geometric'
  | 'hypergeometric'
  | 'multinomial'
  | 'negativeBinomial'
  | 'negativeBinomial2'
  | 'oneHotCategorical'
  | 'oneHotCategoricalStraightThrough'
  | 'orderedLogistic'
  | 'poisson'
  | 'zeroInflated'

/** Distributions of vectors. */
type OfVectors =
  | 'autoregressive'
  | 'dirichlet'
  | 'dirichletMultinomial'
  | 'gaussianRandomWalk'
  | 'gumbelSoftmax'
  | 'multinomial'
  | 'multivariateNormal'
  | 'multivariateNormalDiag'
  | 'multivariateNormalLowRank'
  | 'multivariateStudentT'
  | 'oneHotCategorical'
  | 'oneHotCategoricalStraightThrough'

/** Distributions of matrices. */
type OfMatrices = 'inverseWishart' | 'lkjCholesky' | 'matrixNormal' | 'wishart'

/** Distributions of which either depends on their arguments. */
type Any = 'delta' | 'improperUniform'

export type NameOf<D> = D extends { readonly name: infer Name extends string } ? Name : never

/** One of the components of a mixture, which are a batch or a list. */
export type Component<Components> = Components extends readonly (infer One)[] ? One : Components

/** true, false, or unknown where it is not known; boolean for several of which some are. */
type IsDiscrete<D> = D extends { readonly name: infer Name }
  ? string extends Name
    ? unknown
    : Name extends DiscreteName
      ? true
      : Name extends Any
        ? unknown
        : D extends { readonly components: infer Components }
          ? IsDiscrete<Component<Components>>
          : D extends { readonly base: infer Base }
            ? IsDiscrete<Base>
            : false
  : unknown

/** How many axes an event has, or unknown; several for several. */
type RankOf<D> = D extends { readonly name: infer Name }
  ? string extends Name
    ? unknown
    : Name extends OfVectors
      ? 1
      : Name extends OfMatrices
        ? 2
        : Name extends Any | 'independent' | 'transformed'
          ? unknown
          : D extends { readonly components: infer Components }
            ? RankOf<Component<Components>>
            : D extends { readonly base: infer Base }
              ? RankOf<Base>
              : 0
  : unknown

/** What is added to the type of an argument: nothing where it will do, the reason where it will not. */
type Refused<Reason extends string> = { readonly 'not possible': Reason }

/** Refuses distributions of whole numbers. */
export type WithDensity<D, Who extends string> =
  IsDiscrete<D> extends true
    ? Refused<`${Who}: ${NameOf<D>} is discrete: it has no density to transform`>
    : unknown

/** Refuses distributions that have a density. */
export type OfWholeNumbers<D, Who extends string> =
  IsDiscrete<D> extends false ? Refused<`${Who}: the base must be discrete, ${NameOf<D>} is not`> : unknown

/** Refuses distributions of vectors and matrices. */
export type OfNumbers<D, Who extends string> =
  RankOf<D> extends 1 | 2 ? Refused<`${Who}: events of ${NameOf<D>} must be numbers`> : unknown

/** Whether a type is not a union of several. */
type IsOne<T> = (T extends unknown ? (one: T) => void : never) extends (all: infer All) => void
  ? [T] extends [All]
    ? true
    : false
  : never

/** Refuses lists of discrete and continuous distributions, or of numbers and vectors. */
export type Alike<D> =
  IsOne<IsDiscrete<D>> extends false
    ? Refused<'mixture: components must all be discrete, or none'>
    : IsOne<RankOf<D>> extends false
      ? Refused<'mixture: components must have events of one shape'>
      : unknown
