import { UnsupportedError } from '@variate/core'
import type { SiteTensors, VariationalContext } from '@variate/families'
import { overPlates, type Declaration } from '@variate/language/internal'
import { guideArrays } from '../../bbvi/sharedParams.ts'
import type { Applied } from '../applied.ts'
import { closedForms, MEAN, PROBABILITIES, VARIANCE } from '../encoderOf.ts'
import { constants } from './constants.ts'
import { exported, type Results } from './exported.ts'
import { parametersWithin } from './parametersWithin.ts'

/** q of examples: what of it is in closed form. */
export function encoderModel(applied: Applied, who: string): Uint8Array<ArrayBuffer> {
  const { setting, plate, params } = applied
  const { program, values } = setting.model
  const isData = ({ kind }: Declaration): boolean => kind === 'observed' || kind === 'input'
  const isOwn = ({ plates }: Declaration): boolean => plates[0] === plate
  const sites = program.declarations.filter((site) => isData(site) && isOwn(site))
  const others = program.declarations.flatMap((site) =>
    isData(site) && !isOwn(site) ? [[site.name, values[site.name]!] as const] : [],
  )
  return exported(applied, 'encoder', sites, (own, count) => {
    const context = {
      params: constants(guideArrays(setting.variational, params)),
      data: { ...(constants(Object.fromEntries(others) as never) as SiteTensors), ...own },
      sizes: new Map([...setting.model.sizes, [plate, count]]),
    }
    const found = closedForms(setting, context)
    const of = (kind: string): SiteTensors =>
      Object.fromEntries(
        setting.latents.flatMap((name) => (found[kind + name] ? [[name, found[kind + name]!]] : [])),
      )
    const told: Results = {
      mean: of(MEAN),
      variance: of(VARIANCE),
      covariance: covariancesOf(applied, context),
      probabilities: of(PROBABILITIES),
      parameters: parametersOf(applied, context),
    }
    if (Object.values(told).some((each) => Object.keys(each).length > 0)) return told
    throw new UnsupportedError(
      `${who}: q of "${setting.latents[0]}" has nothing in closed form: a model of the encoder could tell nothing of it`,
    )
  })
}

/** All covariances of the numbers of a latent that q has a matrix of. */
function covariancesOf({ setting }: Applied, context: VariationalContext): SiteTensors {
  const { variational, latents } = setting
  return Object.fromEntries(
    Object.entries(variational.covariances?.(context) ?? {}).flatMap(([name, own]) =>
      'matrix' in own && latents.includes(name) ? [[name, own.matrix]] : [],
    ),
  )
}

/** The parameters of the distributions that q draws latents from, which depend on no other latents. */
function parametersOf(
  { setting }: Applied,
  context: VariationalContext,
): Readonly<Record<string, SiteTensors>> {
  const { variational, model } = setting
  const apart = variational.factors.filter(({ reads, kind }) => kind && reads.length === 0)
  const placed = apart.length > 0 ? (variational.distributions?.(context, {}) ?? {}) : {}
  return Object.fromEntries(
    apart.flatMap(({ sites: [name], plates }) => {
      const own = placed[name!]
      if (!own) return []
      const event = model.specs[name!]!.shape.slice(plates.length)
      const told = overPlates(plates, context.sizes, own.values, (values) =>
        parametersWithin(own.of(values), event),
      )
      return Object.keys(told).length > 0 ? [[name!, told]] : []
    }),
  )
}
