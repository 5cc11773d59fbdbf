import type { Bound } from '@variate/language/internal'
import type { FamilyPart } from './part.ts'
import type { Variational } from './variational.ts'

/** How a family draws: `reparameterized`, `discrete` or `opaque` by the kind of the latent. */
export interface FamilyKinds {
  /** How continuous latents are drawn. */
  readonly continuous: 'reparameterized' | 'opaque'
  /** Whether it takes discrete latents. */
  readonly discrete: boolean
}

/** A family of distributions q(z; λ), which makes one for each model with its data. */
export interface Family<Kinds extends FamilyKinds = FamilyKinds> {
  readonly name: string
  readonly kinds: Kinds
  /**
   * The members of the family over the latents of a model.
   *
   * @param who names the call in errors.
   * @param part some of the latents, in place of all.
   * @throws UnsupportedError for latents that it cannot take: it names them, and says why.
   */
  of(model: Bound, who: string, part?: FamilyPart): Variational
}
