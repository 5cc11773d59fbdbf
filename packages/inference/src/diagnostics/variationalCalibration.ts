import { DomainError, foldIn, random, type Key, type NdArray } from '@variate/core'
import type { LatentNames, Model, ModelTypes, ObservedNames, Randomness, ValuesOf } from '@variate/language'
import { placeOf, type Program } from '@variate/language/internal'
import { keyFrom } from '../keyFrom.ts'
import { checkWhole } from '../monteCarlo/checks.ts'
import type { Known } from '../monteCarlo/proposed.ts'
import { rowOf, tableOf, warningOf, type CalibrationRow, type Place } from './calibrationRow.ts'
import { elementsOf } from './elementText.ts'

/** What is calibrated: anything that fits data and gives draws of the latents. */
export interface Calibratable<Types> {
  fit(
    given: Known<Types>,
    options: { readonly seed: number },
  ): Promise<{
    readonly posterior: {
      sample(
        count: number,
        options: { readonly seed: number },
      ): Promise<Readonly<Record<LatentNames<Types>, NdArray>>>
    }
  }>
}

export interface CalibrationOptions<Types> {
  /** How many data sets are simulated and fitted; 100, if not given. */
  readonly simulations?: number
  /** How many draws of each posterior tell where the true values are in it; 1000, if not given. */
  readonly draws?: number
  /** Inputs, parameters and networks. */
  readonly given?: Partial<Omit<ValuesOf<Types>, LatentNames<Types> | ObservedNames<Types>>>
  /** How many elements there are in plates whose sizes are names. */
  readonly sizes?: Readonly<Record<string, number>>
  /** How probable it may be that anything at all is said of a posterior that is right; 0.05, if not given. */
  readonly level?: number
  /** Is told after each fit how many have been made. */
  readonly onProgress?: (fits: number) => void
}

export interface Calibration<Names extends string = string> {
  readonly rows: readonly CalibrationRow<Names>[]
  /** In words. */
  readonly warnings: readonly string[]
  /** The table, and the warnings. */
  toString(): string
}

const CALL = 'variationalCalibration'
/**
 * Whether the posteriors that an algorithm fits are, on average, where the truth is: latents are drawn from the prior, and data
 * given them; the algorithm fits those, and the probability that its posterior gives to values below the true one is noted. Were
 * the posteriors exact it would be uniform. Where it is not symmetric, they lie too low or too high; where it is too often near 0
 * and 1, they are too narrow, as those of mean-field families are known to be.
 *
 * @param model whose latents have proper priors.
 * @param algorithm what fits it.
 * @param options how often, with what besides, and where the random numbers come from.
 * @throws DomainError for options out of range, and a model without latents; whatever the algorithm throws.
 * @see Yao, Vehtari, Simpson and Gelman, Yes, but did it work?: Evaluating variational inference (ICML 2018), algorithm 2.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { normal } from '@variate/distributions'
 * import { enumeration, variationalCalibration } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const points = model('points')
 *   .latent('mu', normal(0, 1))
 *   .plate('point', 'n', (i) => i.observed('x', ({ mu }) => normal(mu, 1)))
 * const options = { simulations: 50, sizes: { n: 3 }, seed: 0 }
 * const { warnings } = await variationalCalibration(points, enumeration(points), options)
 * warnings // => []
 * ```
 */
export async function variationalCalibration<Types extends ModelTypes, Plates extends string>(
  model: Model<Types, Plates>,
  algorithm: Calibratable<Types>,
  {
    simulations = 100,
    draws = 1000,
    given,
    sizes,
    level = 0.05,
    onProgress,
    ...randomness
  }: CalibrationOptions<Types> & Randomness,
): Promise<Calibration<LatentNames<Types>>> {
  const { program } = model
  const who = `model "${program.name}": ${CALL}`
  checkWhole(who, 'simulations', simulations, 2)
  checkWhole(who, 'draws', draws, 1)
  if (!(level > 0 && level < 1))
    throw new DomainError(`${who}: level must be between 0 and 1, got ${String(level)}`)
  const latents = program.declarations.filter((site) => site.kind === 'latent' && !site.value)
  if (latents.length === 0) throw new DomainError(`${who}: there are no latents`)
  const key = keyFrom(who, randomness)
  const places: Place[] = []
  for (let i = 0; i < simulations; i++) {
    const own = foldIn(key, i)
    const truth = (await model.sample({
      key: foldIn(own, 0),
      ...(given ? { given: given as never } : {}),
      ...(sizes ? { sizes } : {}),
    })) as Readonly<Record<string, NdArray>>
    const data = { ...given, ...observedIn(program, truth) } as unknown as Known<Types>
    const fit = await algorithm.fit(data, { seed: seedOf(foldIn(own, 1)) })
    const drawn = await fit.posterior.sample(draws, { seed: seedOf(foldIn(own, 2)) })
    if (i === 0)
      for (const { name } of latents)
        places.push(...elementsOf(truth[name]!.shape).map((element) => ({ site: name, element, noted: [] })))
    const ties = random.uniform(foldIn(own, 3), [places.length], { dtype: 'float64' }).data
    let at = 0
    for (const site of latents) {
      const posterior = (drawn as Readonly<Record<string, NdArray>>)[site.name]
      if (!posterior) throw new DomainError(`${who}: the posterior has no draws of ${placeOf(site)}`)
      const { data: values } = truth[site.name]!
      for (const [element, value] of values.entries()) {
        places[at]!.noted.push(probabilityBelow(value, posterior, element, ties[at]!))
        at++
      }
    }
    onProgress?.(i + 1)
  }
  const rows = places.map((place) => rowOf(place, level / (2 * places.length)))
  const warnings = rows.flatMap(warningOf)
  return { rows, warnings, toString: () => tableOf(rows, warnings) } as unknown as Calibration<never>
}

function observedIn(
  { declarations }: Program,
  truth: Readonly<Record<string, NdArray>>,
): Readonly<Record<string, NdArray>> {
  return Object.fromEntries(
    declarations.flatMap((site) =>
      site.kind === 'observed' && !site.value ? [[site.name, truth[site.name]!]] : [],
    ),
  )
}

/**
 * Where a value is among draws: a number between 0 and 1, uniform where it is drawn as they are, though values are discrete: ties
 * are broken by chance.
 *
 * @param tie uniform between 0 and 1.
 */
function probabilityBelow(value: number, { data, shape }: NdArray, element: number, tie: number): number {
  const count = shape[0]!
  const size = data.length / count
  let [below, same] = [0, 0]
  for (let row = 0; row < count; row++) {
    const x = data[row * size + element]!
    if (x < value) below++
    else if (x === value) same++
  }
  return (below + tie * (same + 1)) / (count + 1)
}

/** A seed with the bits of a key that fit into a number. */
function seedOf([high, low]: Key): number {
  return ((high >>> 0) % 2 ** 21) * 2 ** 32 + (low >>> 0)
}
