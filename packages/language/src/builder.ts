import type { Tensor } from '@tensorflow/tfjs-core'
import type { Distribution, Numbers } from '@variate/distributions'
import type { LatentOptions } from './centering.ts'
import type { PlateSize } from './declaration.ts'
import type { Domain } from './domains/domain.ts'
import type { Model } from './model.ts'
import type { AnyNetwork } from './networks/network.ts'
import type { ParamOptions } from './paramInit.ts'
import type { FreePart, PartOptions, PartTypes } from './partTypes.ts'
import type {
  DeterministicSite,
  EnvironmentOf,
  FactorSite,
  Free,
  FreePrefix,
  InputNames,
  InputSite,
  LatentSite,
  Layered,
  LayerTypes,
  ModelTypes,
  NetworkSite,
  ObservedSite,
  ParamSite,
} from './siteTypes.ts'

/** A distribution, or what makes it for one element of the plates around, of what is declared before. */
export type Made<Types, Of> = Of | ((environment: EnvironmentOf<Types>) => Of)

type Where = 'model' | 'plate'

/** The builder with more sites or plates, where it stands. */
type Built<Types extends ModelTypes, Plates extends string, At extends Where> = At extends 'model'
  ? Model<Types, Plates>
  : Builder<Types, Plates, 'plate'>

/** Declares one site after the other. It is immutable: each call gives another. */
export interface Builder<Types extends ModelTypes, Plates extends string, At extends Where> {
  /** Data that the model is given and says nothing about: one row for each element of the plates around. */
  input<const Name extends string>(
    name: Free<Name, Types>,
  ): Built<Types & Readonly<Record<Name, InputSite>>, Plates, At>
  /**
   * A parameter: a number, or an array, that is fitted and has no distribution.
   *
   * @param options `init` is what it begins with.
   */
  param<const Name extends string>(
    name: Free<Name, Types>,
    domain: Domain,
    options?: ParamOptions,
  ): Built<Types & Readonly<Record<Name, ParamSite>>, Plates, At>
  /** A function with parameters that are fitted. */
  network<const Name extends string>(
    name: Free<Name, Types>,
    network: AnyNetwork,
  ): Built<Types & Readonly<Record<Name, NetworkSite>>, Plates, At>
  /**
   * An unknown.
   *
   * @param options `centered` says whether algorithms that move in the space of latents move a location-scale latent itself, or
   *   its deviation in scales from its location.
   */
  latent<const Name extends string, Of extends Distribution>(
    name: Free<Name, Types>,
    distribution: Made<Types, Of>,
    options?: LatentOptions<Of>,
  ): Built<Types & Readonly<Record<Name, LatentSite<Of>>>, Plates, At>
  /**
   * Unknowns in layers, `z1` to `zL` for the prefix `z`: p(zL) ∏ p(zᵢ | zᵢ₊₁), the top declared first.
   *
   * @param entries what tells the layers apart, such as their widths: of `z1` first, of the top last.
   * @param top the distribution of the top layer, of its entry and its index L.
   * @param next that of each other layer, given the value of the layer above it.
   *
   * @example
   * ```ts
   * import '@tensorflow/tfjs-backend-cpu'
   * import { fill, sum } from '@variate/core/ops'
   * import { normal } from '@variate/distributions'
   * import { model } from '@variate/language'
   *
   * const hierarchy = model('hierarchy').layers(
   *   'z',
   *   [3, 2],
   *   (_, width) => normal(fill([width], 0), 1),
   *   (_, above, width) => normal(fill([width], 0), sum(above)),
   * )
   * await hierarchy.logJoint({ z2: [0.5, 0.5], z1: [0, 0, 0] }) // => -4.84469
   * ```
   */
  layers<
    const Prefix extends string,
    const Entries extends readonly unknown[],
    Top extends Distribution,
    Below extends Distribution,
  >(
    prefix: FreePrefix<Prefix, Entries, Types>,
    entries: Entries & Layered<Entries>,
    top: (environment: EnvironmentOf<Types>, entry: Entries[number], index: number) => Top,
    next: (environment: EnvironmentOf<Types>, above: Tensor, entry: Entries[number], index: number) => Below,
    options?: LatentOptions<Top | Below>,
  ): Built<Types & LayerTypes<Prefix, Entries, Top, Below>, Plates, At>
  /** What is known when the model is fitted. */
  observed<const Name extends string, Of extends Distribution>(
    name: Free<Name, Types>,
    distribution: Made<Types, Of>,
  ): Built<Types & Readonly<Record<Name, ObservedSite<Of>>>, Plates, At>
  /** What is computed of others, by name. */
  deterministic<const Name extends string>(
    name: Free<Name, Types>,
    value: (environment: EnvironmentOf<Types>) => Numbers,
  ): Built<Types & Readonly<Record<Name, DeterministicSite>>, Plates, At>
  /** A term of the log joint, in nats: a number for each element of the plates around. */
  factor<const Name extends string>(
    name: Free<Name, Types>,
    logWeight: (environment: EnvironmentOf<Types>) => Tensor | number,
  ): Built<Types & Readonly<Record<Name, FactorSite>>, Plates, At>
  /**
   * All sites of another model, under names that begin with the part's: `left.mu`. Its functions see the names that they were
   * written with, and nothing of the model around but what `inputs` settles. Its plates and the names of their sizes are under
   * the part's name as well, so that two parts never share one by accident: `plates` says which of them are plates of the
   * model.
   *
   * @param options `inputs` settles inputs, by functions of what is declared before; others stay inputs.
   *
   * @example
   * ```ts
   * import '@tensorflow/tfjs-backend-cpu'
   * import { normal } from '@variate/distributions'
   * import { model } from '@variate/language'
   *
   * const point = model('point')
   *   .input('loc')
   *   .latent('z', ({ loc }) => normal(loc, 1))
   * const pair = model('pair')
   *   .latent('mu', normal(0, 1))
   *   .part('left', point, { inputs: { loc: ({ mu }) => mu } })
   *   .part('right', point)
   * await pair.logJoint({ mu: 0, 'left.z': 0, 'right.loc': 1, 'right.z': 1 }) // => -2.75682
   * ```
   */
  part<
    const Name extends string,
    Sites extends ModelTypes,
    PartPlates extends string,
    const Settled extends InputNames<Sites> = never,
    const Shared extends PartPlates = never,
  >(
    name: FreePart<Name, Sites, Types>,
    submodel: Model<Sites, PartPlates>,
    options?: PartOptions<Types, Settled, Shared, Plates>,
  ): Built<Types & PartTypes<Name, Sites, Settled>, Plates | `${Name}.${Exclude<PartPlates, Shared>}`, At>
  /**
   * Sites for each of so many elements, which are independent given what is outside.
   *
   * @param name opens the plate again where there is one of that name: plates may cross.
   * @param size how many there are; the name of a number that the data settle.
   */
  plate<const Name extends string, Inside extends ModelTypes, All extends string>(
    name: Name,
    size: PlateSize,
    body: (inside: Builder<Types, Plates | Name, 'plate'>) => Builder<Inside, All, 'plate'>,
  ): Built<Inside, Plates | All, At>
  /**
   * Sites for each of so many steps, whose latents may depend on those of the step before.
   *
   * @param length how many steps there are; the name of a number that the data settle.
   */
  markov<const Name extends string, Inside extends ModelTypes, All extends string, Steps extends ModelTypes>(
    name: Name,
    length: PlateSize,
    // oxlint-disable-next-line typescript/no-empty-object-type -- no sites
    body: (step: ChainBuilder<Types, Plates | Name, {}>) => ChainBuilder<Inside, All, Steps>,
  ): Built<Inside, Plates | All, At>
}

/** Declares what is in each step of a chain, of which `Steps` are the sites. */
export interface ChainBuilder<Types extends ModelTypes, Plates extends string, Steps extends ModelTypes> {
  /** Data that the model is given and says nothing about: one row for each step. */
  input<const Name extends string>(name: Free<Name, Types>): Chain<Types, Plates, Steps, Name, InputSite>
  /**
   * An unknown of each step.
   *
   * @param first its distribution in the first step.
   * @param next its distribution in the others, given the step before: what the chain has that is declared before it, and
   *   itself. What is outside of the chain is in the first argument.
   * @param options `centered: false` says that algorithms move the deviation of each step from its location, in scales.
   */
  latent<const Name extends string, First extends Distribution, Of extends Distribution>(
    name: Free<Name, Types>,
    first: Made<Types, First>,
    next: (
      environment: EnvironmentOf<Types>,
      previous: EnvironmentOf<Steps & Readonly<Record<Name, LatentSite>>>,
    ) => Of,
    options?: LatentOptions<First | Of>,
  ): Chain<Types, Plates, Steps, Name, LatentSite<Of>>
  /** What is known of each step when the model is fitted. */
  observed<const Name extends string, Of extends Distribution>(
    name: Free<Name, Types>,
    distribution: Made<Types, Of>,
  ): Chain<Types, Plates, Steps, Name, ObservedSite<Of>>
  /** What is computed of others, by name, in each step. */
  deterministic<const Name extends string>(
    name: Free<Name, Types>,
    value: (environment: EnvironmentOf<Types>) => Numbers,
  ): Chain<Types, Plates, Steps, Name, DeterministicSite>
  /** A term of the log joint, in nats: a number for each step. */
  factor<const Name extends string>(
    name: Free<Name, Types>,
    logWeight: (environment: EnvironmentOf<Types>) => Tensor | number,
  ): Chain<Types, Plates, Steps, Name, FactorSite>
}

/** A chain with one site more. */
type Chain<
  Types extends ModelTypes,
  Plates extends string,
  Steps extends ModelTypes,
  Name extends string,
  Site,
> = ChainBuilder<Types & Readonly<Record<Name, Site>>, Plates, Steps & Readonly<Record<Name, Site>>>
