import { FormatError, foldIn, NumericalError, UnsupportedError, type Key } from '@variate/core'
import { point, type Start } from '@variate/families'
import type { Model, ModelTypes, Randomness } from '@variate/language'
import {
  bind,
  freeParameters,
  uncentered,
  type Bound,
  type Declaration,
  type Program,
} from '@variate/language/internal'
import type { ClimbParams } from '../bbvi/climbState.ts'
import type { Setting } from '../bbvi/problemOf.ts'
import type { EmData } from '../em/em.ts'
import { keyFrom } from '../keyFrom.ts'
import type { MinimizeOptions } from '../optimizers/minimize.ts'
import { checkLike } from '../saved/checkLike.ts'
import { decodeFit } from '../saved/fitBytes.ts'
import { checkSizes, savedSizes } from '../saved/savedSizes.ts'
import { curvatureOf } from './curvature.ts'
import { fitOf, KIND, type Approximation } from './fitOf.ts'
import { flatWarnings } from './flatWarnings.ts'
import { labelsOf, type Label } from './labels.ts'
import type { LaplaceFit } from './laplaceFit.ts'
import { logDensity } from './logDensity.ts'
import { modeOf } from './modeOf.ts'

export interface LaplaceOptions extends MinimizeOptions {
  /** Where the search for the mode begins; `initTo.mean()`, if not given. */
  readonly init?: Start
}

export interface LaplaceApproximation<Types extends ModelTypes> {
  /**
   * Finds the mode, and the normal that has the curvature there.
   *
   * @param data observations and inputs; parameters and networks that are given are known.
   * @param options where random numbers come from: those of draws that tell of the fit, and of a random start.
   * @throws DomainError and ShapeError for data that do not fit; UnsupportedError for latents that are discrete or too many, and a model
   *   without any; NumericalError where the log density is not finite at the start, or has no curvature at the mode.
   */
  fit(data: EmData<Types>, options: Randomness): Promise<LaplaceFit<Types>>
  /**
   * A fit that was saved, by `toBytes`: the same, without looking for the mode again.
   *
   * @param data those that it was fitted to.
   * @throws FormatError for bytes that are damaged or no fit, or one of another version, model, or data of other sizes.
   */
  load(bytes: Uint8Array, data: EmData<Types>): Promise<LaplaceFit<Types>>
}

/** The most numbers of which a covariance is made. */
const MOST = 2000

/**
 * The Laplace approximation: a normal, in numbers without bounds, about the mode of the posterior, whose covariance is the inverse
 * Hessian of −log p(data, z) there. It is exact where the posterior is normal. The mode is found by L-BFGS, and all derivatives are exact.
 * Parameters of the model are at the place where the joint density is largest in them and in the latents.
 *
 * @param model any declared model whose latents are continuous.
 * @see MacKay, Information Theory, Inference, and Learning Algorithms (2003), chapter 27.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { normal } from '@variate/distributions'
 * import { laplaceApproximation } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const level = model('level')
 *   .latent('mu', normal(0, 2))
 *   .plate('i', 'n', (i) => i.observed('x', ({ mu }) => normal(mu, 1)))
 * const fit = await laplaceApproximation(level).fit({ x: [1, 2, 4] }, { seed: 0 })
 * fit.mode.mu // => 2.1538462
 * fit.posterior.variance.mu // => 0.3076923
 * const loaded = await laplaceApproximation(level).load(fit.toBytes(), { x: [1, 2, 4] })
 * loaded.elbo === fit.elbo // => true
 * ```
 */
export function laplaceApproximation<Types extends ModelTypes, Plates extends string>(
  model: Model<Types, Plates>,
  { init, ...options }: LaplaceOptions = {},
): LaplaceApproximation<Types> {
  const { program } = model
  const who = `model "${program.name}": laplaceApproximation`
  const latents = program.declarations.flatMap(({ kind, name }) => (kind === 'latent' ? [name] : []))
  const family = point({ ...(init ? { init } : {}), unconstrained: true })
  const prepared = (data: object, key: Key): { readonly atPoint: Setting; readonly start: ClimbParams } => {
    const bound = boundTo(program, data as Readonly<Record<string, unknown>>, who)
    const [theta, variational] = [freeParameters(bound), family.of(bound, who)]
    const start = { model: theta.init(foldIn(key, 0)), guide: variational.init(foldIn(key, 1)) }
    return { atPoint: { model: bound, theta, latents, variational }, start }
  }
  return {
    fit: async (data, randomness) => {
      const key = keyFrom(who, randomness)
      const { atPoint, start } = prepared(data, key)
      const density = logDensity(atPoint, start)
      const { places } = density
      checkSize(places, who)
      const { x, value, converged } = modeOf(density, density.vectorOf(start), options, who)
      const best = density.paramsOf(x)
      const labels = labelsOf(atPoint, best)
      const { flat, ...curvature } = curvatureOf(checked(density.hessian(x), labels, who), places)
      const warnings = [
        ...(converged
          ? []
          : [
              `the mode was not found in ${options.maxIterations ?? 1000} iterations: allow more, or begin elsewhere`,
            ]),
        ...flatWarnings(atPoint.model.program, flat, labels),
      ]
      const found = {
        key,
        ...savedSizes(atPoint.model),
        best,
        least: value,
        ...curvature,
        converged,
        warnings,
      }
      return fitOf(atPoint, found, who)
    },
    load: async (bytes, data) => {
      const saved = decodeFit<Approximation>(KIND, program.name, bytes, who)
      const { atPoint, start } = prepared(data, saved.key)
      checkMode(saved, start, who)
      checkSizes(saved, atPoint.model, who)
      return fitOf(atPoint, saved, who)
    },
  }
}

/** @throws FormatError for a mode of other latents, or of these in another order, in which the covariance is as well. */
function checkMode({ best }: Approximation, start: ClimbParams, who: string): void {
  const cause = 'it was saved for other data or another model'
  checkLike(best, start, 'the mode', cause, who)
  const [own, like] = [best, start].map(({ guide }) => Object.keys(guide).join(', '))
  if (own !== like)
    throw new FormatError(`${who}: the mode was saved in the order ${own}, expected ${like}: ${cause}`)
}

/** A model with its data, in which latents that are not centred are there as their deviations. */
function boundTo(program: Program, data: Readonly<Record<string, unknown>>, who: string): Bound {
  const how = { who, needed: ({ kind }: Declaration) => kind === 'observed' || kind === 'input' }
  const declared = bind(program, data, how)
  const made = uncentered(declared, { who })
  return made.program === program ? declared : bind(made.program, data, how)
}

/** @throws UnsupportedError for no latents, and for so many that their covariance is out of reach. */
function checkSize(places: number, who: string): void {
  if (places === 0)
    throw new UnsupportedError(
      `${who}: there are no latents to infer: use em(), or bbvi with the family point()`,
    )
  if (places > MOST)
    throw new UnsupportedError(
      `${who}: the latents are ${places} numbers, whose covariance is out of reach: at most ${MOST}; use bbvi with meanField()`,
    )
}

/** @throws NumericalError for a Hessian that is not finite, which names a latent. */
function checked(hessian: Float64Array, labels: readonly Label[], who: string): Float64Array {
  const wrong = hessian.findIndex((x) => !Number.isFinite(x))
  if (wrong < 0) return hessian
  throw new NumericalError(
    `${who}: the log density has no second derivative along ${labels[wrong % labels.length]!.text} at its mode: use bbvi`,
  )
}
