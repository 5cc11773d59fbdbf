import type { Distribution, Numbers } from '@variate/distributions'
import type { Made } from './builder.ts'
import type { PlateSize } from './declaration.ts'
import type { Domain } from './domains/domain.ts'
import type { Guide } from './guide.ts'
import type { GuidedLatent, GuidedPlate, GuideOwn, WithLatent } from './guideTypes.ts'
import type { AnyNetwork } from './networks/network.ts'
import type { ParamOptions } from './paramInit.ts'
import type {
  DeterministicSite,
  EnvironmentOf,
  LatentSite,
  ModelTypes,
  NetworkSite,
  ParamSite,
} from './siteTypes.ts'

type Where = 'guide' | 'plate' | 'chain'

/** The builder with more sites, where it stands. */
type Built<
  Of extends ModelTypes,
  Types extends ModelTypes,
  Plates extends string,
  At extends Where,
> = At extends 'guide'
  ? Guide<Of, Types, Plates>
  : At extends 'plate'
    ? GuideBuilder<Of, Types, Plates, 'plate'>
    : GuideChainBuilder<Of, Types, Plates>

/** Declares one site of a guide after the other. It is immutable: each call gives another. */
export interface GuideBuilder<
  Of extends ModelTypes,
  Types extends ModelTypes,
  Plates extends string,
  At extends Where,
> {
  /**
   * A parameter of the guide.
   *
   * @param options `init` is what it begins with.
   */
  param<const Name extends string>(
    name: GuideOwn<Name, Of, Types>,
    domain: Domain,
    options?: ParamOptions,
  ): Built<Of, Types & Readonly<Record<Name, ParamSite>>, Plates, At>
  /** A function with parameters of the guide. */
  network<const Name extends string>(
    name: GuideOwn<Name, Of, Types>,
    network: AnyNetwork,
  ): Built<Of, Types & Readonly<Record<Name, NetworkSite>>, Plates, At>
  /** A latent of the model, in the plates that it has there: what it is distributed like, given the data. */
  latent<const Name extends string, Is extends Distribution>(
    name: GuidedLatent<Name, Of, Types>,
    distribution: Made<Types, Is>,
  ): Built<Of, WithLatent<Types, Name, Is>, Plates, At>
  /** What is computed of others, by name. */
  deterministic<const Name extends string>(
    name: GuideOwn<Name, Of, Types>,
    value: (environment: EnvironmentOf<Types>) => Numbers,
  ): Built<Of, Types & Readonly<Record<Name, DeterministicSite>>, Plates, At>
  /**
   * Sites for each element of a plate of the model.
   *
   * @param size as it is in the model.
   */
  plate<const Name extends string, Inside extends ModelTypes>(
    name: GuidedPlate<Name, Plates>,
    size: PlateSize,
    body: (inside: GuideBuilder<Of, Types, Plates, 'plate'>) => GuideBuilder<Of, Inside, Plates, 'plate'>,
  ): Built<Of, Inside, Plates, At>
  /**
   * Sites for each step of a chain of the model.
   *
   * @param length as it is in the model.
   */
  markov<const Name extends string, Inside extends ModelTypes>(
    name: GuidedPlate<Name, Plates>,
    length: PlateSize,
    body: (step: GuideChainBuilder<Of, Types, Plates>) => GuideChainBuilder<Of, Inside, Plates>,
  ): Built<Of, Inside, Plates, At>
}

/** Declares what a guide has in each step of a chain. */
export interface GuideChainBuilder<
  Of extends ModelTypes,
  Types extends ModelTypes,
  Plates extends string,
> extends Omit<
  GuideBuilder<Of, Types, Plates, 'chain'>,
  'latent' | 'param' | 'network' | 'plate' | 'markov'
> {
  /**
   * A latent of each step.
   *
   * @param first its distribution in the first step.
   * @param next its distribution in the others, given what the chain has in the step before: what is declared before it, and
   *   itself.
   */
  latent<const Name extends string, First extends Distribution, Is extends Distribution>(
    name: GuidedLatent<Name, Of, Types>,
    first: Made<Types, First>,
    next: (
      environment: EnvironmentOf<Types>,
      previous: EnvironmentOf<Types & Readonly<Record<Name, LatentSite>>>,
    ) => Is,
  ): GuideChainBuilder<Of, WithLatent<Types, Name, Is>, Plates>
}
