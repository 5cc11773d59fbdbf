import { compile } from '@variate/compile'
import { ShapeError, type Key, type NdArray } from '@variate/core'
import { draws } from '@variate/language/internal'
import { takenOut } from '../bbvi/takenOut.ts'
import { wordsOf } from '../monteCarlo/parts.ts'
import { compileOptions, type Applied } from './applied.ts'
import { codeOf } from './codeOf.ts'

/** Prior draws and what they predict. */
export function sampled(
  applied: Applied,
  count: number,
  key: Key,
  given: Readonly<Record<string, unknown>>,
  who: string,
): Readonly<Record<string, NdArray>> {
  const { setting, plate, params } = applied
  const { program, values: all, sizes } = setting.model
  const sites = program.declarations.filter(({ kind }) => kind === 'latent' || kind === 'observed')
  const counts = new Map([...sizes, [plate, count]])
  const inputs = program.declarations.filter((site) => site.kind === 'input' && site.plates[0] === plate)
  const own = Object.fromEntries(
    inputs.map((site) => [site.name, codeOf(applied, site, given[site.name], who)]),
  )
  const unequal = Object.entries(own).find(([, { shape }]) => shape[0] !== count)
  if (unequal)
    throw new ShapeError(`${who}: "${unequal[0]}" is of ${unequal[1].shape[0]} examples, expected ${count}`)
  const fixed = Object.fromEntries(
    program.declarations.flatMap(({ name, plates }) =>
      plates[0] !== plate && all[name] ? [[name, all[name]!]] : [],
    ),
  )
  const run = compile((words: never, theta: never, others: object) => {
    const drawn = draws(program, counts, words, { ...others, ...setting.theta.values(theta) } as never)
    return Object.fromEntries(sites.map(({ name }) => [name, drawn[name]!]))
  }, compileOptions(applied)) as unknown as (...of: readonly unknown[]) => unknown
  return takenOut(run(wordsOf(key), params.model, { ...fixed, ...own })) as Readonly<Record<string, NdArray>>
}
