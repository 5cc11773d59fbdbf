import type { Tensor } from '@tensorflow/tfjs-core'
import { compile } from '@variate/compile'
import { DomainError, ShapeError, UnsupportedError, type NdArray } from '@variate/core'
import { broadcastTo } from '@variate/core/ops'
import type { Distribution } from '@variate/distributions'
import type { ParamTree, SiteTensors } from '@variate/families'
import {
  overPlates,
  placedDistribution,
  placeOf,
  type Declaration,
  type RandomSite,
} from '@variate/language/internal'
import { takenOut } from '../bbvi/takenOut.ts'
import { compileOptions, type Applied } from './applied.ts'
import { codeOf } from './codeOf.ts'
import { named } from './examplesOf.ts'

type Plain = Readonly<Record<string, NdArray>>

/** What gives the means of observations of latents: compiled once for each number of examples. */
export function decoderOf(applied: Applied): (codes: unknown, who: string, isDrawn?: boolean) => Plain {
  const { params } = applied
  const { program } = applied.setting.model
  const { needed, fixed } = codeSites(applied)
  const run = compile(
    (theta: ParamTree, own: SiteTensors, others: SiteTensors) =>
      decoded(applied, theta, { ...others, ...own }, own[needed[0]!.name]!.shape[0]!, () => ({})).mean,
    compileOptions(applied),
  ) as unknown as (...args: readonly unknown[]) => unknown
  return (codes, who, isDrawn = false) => {
    const given = named(needed, codes, who)
    const plain = needed.map(
      (site) => [site.name, codeOf(applied, site, given[site.name], who, isDrawn)] as const,
    )
    const lost = Object.keys(given).find((name) => !needed.some((site) => site.name === name))
    if (lost !== undefined) throw new DomainError(`${who}: "${lost}" is no latent of model "${program.name}"`)
    const [first, ...others] = plain
    const unequal = others.find(([, { shape }]) => shape[0] !== first![1].shape[0])
    if (unequal)
      throw new ShapeError(
        `${who}: "${first![0]}" is of ${first![1].shape[0]} examples, "${unequal[0]}" of ${unequal[1].shape[0]}`,
      )
    return takenOut(run(params.model, Object.fromEntries(plain), fixed)) as Plain
  }
}

/** What observations depend on: of each example, and of all. */
export function codeSites({ setting, plate }: Applied): {
  readonly needed: readonly Declaration[]
  readonly fixed: Readonly<Record<string, NdArray>>
} {
  const { program, values } = setting.model
  const isOwn = (site: Declaration): boolean => site.plates[0] === plate
  return {
    needed: program.declarations.filter(
      (site) => isOwn(site) && (site.kind === 'latent' || site.kind === 'input'),
    ),
    fixed: Object.fromEntries(
      program.declarations.flatMap((site) =>
        !isOwn(site) && values[site.name] ? [[site.name, values[site.name] as NdArray]] : [],
      ),
    ),
  }
}

/**
 * The means of observations of so many examples, in a program.
 *
 * @param theta the parameters of the model.
 * @param given latents and inputs.
 * @param told what else is told of the distribution of an observation, of tensors that have the shape of an element.
 */
export function decoded(
  { setting, plate }: Applied,
  theta: ParamTree,
  given: SiteTensors,
  count: number,
  told: (distribution: Distribution, event: readonly number[]) => SiteTensors,
): { readonly mean: SiteTensors; readonly told: Readonly<Record<string, SiteTensors>> } {
  const { program, specs } = setting.model
  const sizes = new Map([...setting.model.sizes, [plate, count]])
  const values: Record<string, unknown> = { ...given, ...setting.theta.values(theta) }
  const means: Record<string, Tensor> = {}
  const others: Record<string, SiteTensors> = {}
  const observed = program.declarations.filter((site): site is RandomSite => site.kind === 'observed')
  for (const site of observed) {
    const placed = placedDistribution(program, sizes, values as never, site)
    const event = specs[site.name]!.shape.slice(site.plates.length)
    const { mean, own } = overPlates(site.plates, sizes, placed.values, (seen) => {
      const distribution = placed.of(seen)
      return { mean: broadcastTo(meanOf(distribution, site), event), own: told(distribution, event) }
    })
    means[site.name] = mean
    values[site.name] = mean
    others[site.name] = own
  }
  return { mean: means, told: others }
}

function meanOf(distribution: object, site: RandomSite): Tensor {
  if ('mean' in distribution) return (distribution.mean as () => Tensor)()
  throw new UnsupportedError(`${placeOf(site)} has no mean: use sample`)
}
