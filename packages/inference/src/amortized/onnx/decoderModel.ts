import type { SiteTensors } from '@variate/families'
import type { Applied } from '../applied.ts'
import { codeSites, decoded } from '../decoderOf.ts'
import { constants } from './constants.ts'
import { exported } from './exported.ts'
import { parametersWithin } from './parametersWithin.ts'

/** The means of observations, and the parameters of their distributions. */
export function decoderModel(applied: Applied): Uint8Array<ArrayBuffer> {
  const { needed, fixed } = codeSites(applied)
  return exported(applied, 'decoder', needed, (own, count) => {
    const given = { ...(constants(fixed) as SiteTensors), ...own }
    const { mean, told } = decoded(applied, constants(applied.params.model), given, count, parametersWithin)
    return { mean, parameters: told }
  })
}
