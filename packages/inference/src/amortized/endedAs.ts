import { foldIn, NdArray, type Key } from '@variate/core'
import { blame } from '../bbvi/blame.ts'
import type { Climb, ClimbOptions } from '../bbvi/climbState.ts'
import { ADVICE } from '../bbvi/fitOf.ts'
import type { Setting } from '../bbvi/problemOf.ts'
import type { Termination } from '../run/index.ts'
import { epochRows } from './epochRows.ts'

/** Of so many examples at most it is looked for what made a step fail. */
const LOOKED_AT = 64

/** How an ascent ended; of one that has failed, at which site, found among the examples of the step. */
export function endedAs(
  setting: Setting,
  plate: string,
  { taken }: Pick<ClimbOptions, 'taken'>,
  { termination }: Pick<Climb, 'termination'>,
  key: Key,
): { readonly termination: Termination; readonly warnings: readonly string[] } {
  if (termination.kind !== 'diverged') return { termination, warnings: [] }
  const { step, failure } = termination
  const count = setting.model.sizes.get(plate)!
  const size = taken.get(plate)
  const rows =
    size === undefined
      ? Int32Array.from({ length: count }, (_, i) => i)
      : epochRows(count, size, { key: foldIn(foldIn(foldIn(key, 1), 1), 0), from: step, to: step + 1 }).data
  const { site, why } = failure
    ? blame(withRows(setting, plate, rows.subarray(0, LOOKED_AT)), failure)
    : { site: 'objective', why: 'the objective is not finite' }
  return { termination: { kind: 'diverged', site, step }, warnings: [`${why}: ${ADVICE}`] }
}

/** The setting with some of the examples. */
function withRows(setting: Setting, plate: string, rows: Int32Array): Setting {
  const { model } = setting
  const isOwn = new Set(
    model.program.declarations.flatMap(({ name, plates }) => (plates[0] === plate ? [name] : [])),
  )
  const taken = <Of>(all: Readonly<Record<string, Of>>): Readonly<Record<string, Of>> =>
    Object.fromEntries(
      Object.entries(all).map(([name, x]) => [
        name,
        isOwn.has(name) && x instanceof NdArray ? (rowsOf(x, rows) as Of) : x,
      ]),
    )
  const sizes = new Map([...model.sizes, [plate, rows.length]])
  return {
    ...setting,
    model: { ...model, sizes, values: taken(model.values), present: taken(model.present) },
  }
}

function rowsOf({ data, shape }: NdArray, rows: Int32Array): NdArray {
  const size = data.length / shape[0]!
  const own = new (data.constructor as Float64ArrayConstructor)(rows.length * size)
  rows.forEach((row, i) => own.set((data as Float64Array).subarray(row * size, (row + 1) * size), i * size))
  return new NdArray(own, [rows.length, ...shape.slice(1)])
}
