import type { Tensor } from '@tensorflow/tfjs-core'
import type { Distribution } from '@variate/distributions'
import type { AnyNetwork, Domain } from '@variate/language'

/** What the functions of sites see: values, and networks, which are called. */
export type Seen = Readonly<Record<string, Tensor & ((x: Tensor) => Tensor)>>

type Made = (seen: Seen) => Distribution

/** The builder of models and guides without what it knows of names: for sites whose names are computed. */
export interface OpenBuilder {
  network(name: string, network: AnyNetwork): OpenBuilder
  param(name: string, domain: Domain): OpenBuilder
  latent(name: string, distribution: Made): OpenBuilder
  observed(name: string, distribution: Made): OpenBuilder
  deterministic(name: string, value: (seen: Seen) => Tensor): OpenBuilder
  layers(
    prefix: string,
    entries: readonly number[],
    top: (seen: Seen, entry: number, index: number) => Distribution,
    next: (seen: Seen, above: Tensor, entry: number, index: number) => Distribution,
  ): OpenBuilder
  plate(name: string, size: string, body: (inside: OpenBuilder) => OpenBuilder): OpenBuilder
}

/** A model or a guide whose further names are computed. */
export function openBuilder(begun: object): OpenBuilder {
  return begun as OpenBuilder
}

/** A builder with one thing after the other declared of the numbers from 1 on. */
export function repeated(
  from: OpenBuilder,
  count: number,
  declare: (builder: OpenBuilder, index: number) => OpenBuilder,
): OpenBuilder {
  return Array.from({ length: count }, (_, i) => i + 1).reduce(declare, from)
}
