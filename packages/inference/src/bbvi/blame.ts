import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile } from '@variate/compile'
import { NdArray } from '@variate/core'
import { foldInKey } from '@variate/core/ops'
import type { ObjectiveParameters } from '@variate/estimators'
import type { SiteTensors } from '@variate/families'
import { firstNaN, logProbs } from '@variate/language/internal'
import { wordsOf } from '../monteCarlo/parts.ts'
import type { Failure } from './climbState.ts'
import { paramsOf } from './paramsOf.ts'
import { problemOf, structureOf, type Setting } from './problemOf.ts'

type Arrays = Readonly<Record<string, NdArray<Float64Array>>>

/** Where an ascent has failed, and in what way. */
export interface Blame {
  readonly site: string
  readonly why: string
}

/** How many draws are looked at. */
const DRAWS = 32

/**
 * The site that made a step fail: the first whose value or log probability is NaN or −∞ at draws of q as it was before the step; else
 * the parameter that is not finite.
 */
export function blame(setting: Setting, { params, key, error }: Failure): Blame {
  const { step } = error
  const { model, theta } = setting
  const { program, sizes } = model
  const structure = structureOf(setting, new Map())
  const run = compile(
    (key: Tensor, own: ObjectiveParameters, data: SiteTensors, present: SiteTensors) =>
      batch(
        () => {
          const values = problemOf(setting, structure, { data, present, rows: {} }).draw(
            own,
            foldInKey(key, step),
          )
          const free = theta.values(own.model as never)
          const named = Object.fromEntries(Object.entries(values).filter(([name]) => !name.includes('\0')))
          return {
            values: named,
            logs: logProbs(program, sizes, { ...data, ...free, ...values }, present),
          }
        },
        { size: DRAWS },
      )(),
    { precision: 'float64' },
  ) as unknown as (...args: readonly unknown[]) => { readonly values: Arrays; readonly logs: Arrays }
  const { values, logs } = run(wordsOf(key), params, model.values, model.present)
  const known = paramsOf(setting, params)
  for (let draw = 0; draw < DRAWS; draw++) {
    const found = firstNaN(model, { ...known, ...rowOf(values, draw) }, step)
    if (found) return { site: found.site, why: found.error.message }
  }
  for (const [site, { data }] of Object.entries(logs)) {
    const wrong = data.find((x) => !Number.isFinite(x))
    if (wrong !== undefined)
      return {
        site,
        why: `the log probability of "${site}" is ${wrong < 0 ? '−∞' : wrong} at draws of q in step ${step}`,
      }
  }
  const leaf = error.leaf.replace(/^state\.(params\.(model|guide)\.)?/, '')
  return { site: leaf, why: `${leaf} is not finite after step ${step}` }
}

function rowOf(arrays: Arrays, row: number): Arrays {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { data, shape }]) => {
      const size = data.length / shape[0]!
      return [name, new NdArray(data.slice(row * size, (row + 1) * size), shape.slice(1))]
    }),
  )
}
