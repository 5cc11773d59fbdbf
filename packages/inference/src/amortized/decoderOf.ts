import type { Tensor } from '@tensorflow/tfjs-core'
import { compile } from '@variate/compile'
import { DomainError, ShapeError, UnsupportedError, type NdArray } from '@variate/core'
import { broadcastTo } from '@variate/core/ops'
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
  const { setting, plate, params } = applied
  const { program, specs, values: all } = setting.model
  const observed = program.declarations.filter((site): site is RandomSite => site.kind === 'observed')
  const isOwn = (site: Declaration): boolean => site.plates[0] === plate
  const needed = program.declarations.filter(
    (site) => isOwn(site) && (site.kind === 'latent' || site.kind === 'input'),
  )
  const fixed = Object.fromEntries(
    program.declarations.flatMap((site) =>
      !isOwn(site) && all[site.name] ? [[site.name, all[site.name]!]] : [],
    ),
  )
  const run = compile((theta: ParamTree, own: SiteTensors, others: SiteTensors) => {
    const count = own[needed[0]!.name]!.shape[0]!
    const sizes = new Map([...setting.model.sizes, [plate, count]])
    const values: Record<string, unknown> = { ...others, ...setting.theta.values(theta), ...own }
    const means: Record<string, Tensor> = {}
    for (const site of observed) {
      const placed = placedDistribution(program, sizes, values as never, site)
      const event = specs[site.name]!.shape.slice(site.plates.length)
      const mean = overPlates(site.plates, sizes, placed.values, (seen) =>
        broadcastTo(meanOf(placed.of(seen), site), event),
      )
      means[site.name] = mean
      values[site.name] = mean
    }
    return means
  }, compileOptions(applied)) as unknown as (...args: readonly unknown[]) => unknown
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

function meanOf(distribution: object, site: RandomSite): Tensor {
  if ('mean' in distribution) return (distribution.mean as () => Tensor)()
  throw new UnsupportedError(`${placeOf(site)} has no mean: use sample`)
}
