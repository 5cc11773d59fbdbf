import type { Tensor } from '@tensorflow/tfjs-core'
import { compile } from '@variate/compile'
import { DomainError, foldIn, key as keyOf, NdArray, ShapeError, type Key } from '@variate/core'
import { conditional, type ConditionalLatent } from '@variate/families'
import { fill } from '@variate/core/ops'
import { biject, type Distribution } from '@variate/distributions'
import {
  draws,
  initialParams,
  plainData,
  type Declaration,
  type Drawing,
  type Program,
} from '@variate/language/internal'
import { isDrawnData, OPERATIONS, sameShape, type DrawnData } from '../bbvi/drawnData.ts'
import type { Setting } from '../bbvi/problemOf.ts'
import { settingOf } from '../bbvi/settingOf.ts'
import { wordsOf } from '../monteCarlo/parts.ts'
import { withAdvice } from './brightness.ts'
import { joined } from './chunks.ts'
import type { Outlined } from './saved.ts'

/** How q is chosen. */
export interface Chosen {
  readonly encoder?: Readonly<Record<string, ConditionalLatent>> | undefined
  readonly guide?: { readonly program: Program } | undefined
}

type Given = Readonly<Record<string, unknown>>

/**
 * The model and q with data.
 *
 * @param key what data that are drawn afresh are drawn with, for all that is not a step.
 * @throws DomainError and ShapeError for data that do not fit; DomainError for latents without an encoder.
 */
export async function settingFor(
  program: Program,
  chosen: Chosen,
  data: Given,
  key: Key,
  who: string,
): Promise<Setting> {
  const drawn: Record<string, DrawnData> = {}
  const given: Record<string, unknown> = {}
  for (const [at, [name, own]] of Object.entries(data).entries()) {
    if (isDrawnData(own)) {
      drawn[name] = own
      given[name] = drawOnce(own, foldIn(key, at), name)
    } else given[name] = isAsync(own) ? await collected(own, `${who}: "${name}"`) : own
  }
  const setting = adviced(program, given, () =>
    settingOf(program, qOf(program, chosen, who) as never, given, who),
  )
  return Object.keys(drawn).length === 0 ? setting : { ...setting, drawn }
}

/** What `run` gives; errors of brightnesses where pixels belong say what to do. */
function adviced<Result>({ declarations }: Program, given: Given, run: () => Result): Result {
  try {
    return run()
  } catch (error) {
    throw withAdvice(error, declarations, given)
  }
}

/** The same with one example, which is made up: what is known of a fit without its data. */
export function outlineSetting(program: Program, chosen: Chosen, outlined: Outlined, who: string): Setting {
  const { inputs, given, sizes } = outlined
  const counts = new Map(
    [...program.plates].map(([name, { size }]) => [name, typeof size === 'number' ? size : sizes[size]!]),
  )
  const zeros = Object.fromEntries(
    Object.entries(inputs).map(([name, shape]) => [
      name,
      new NdArray(new Float64Array(shape.reduce((a, b) => a * b, 1)), shape),
    ]),
  )
  const known = { ...initialParams(program, counts, keyOf(0)), ...given, ...zeros }
  const drawn = (
    compile((words: never, own: never) => draws(program, counts, words, own, inTheMiddle), {
      precision: 'float64',
    }) as unknown as (...of: readonly unknown[]) => Readonly<Record<string, NdArray>>
  )(wordsOf(keyOf(0)), known)
  const observed = program.declarations.flatMap(({ kind, name }) =>
    kind === 'observed' ? [[name, drawn[name]!]] : [],
  )
  const data = { ...given, ...zeros, ...(Object.fromEntries(observed) as Given) }
  return settingOf(program, qOf(program, chosen, who) as never, data, who)
}

/** Stands for a draw of a distribution that has none: what 0 is mapped onto its support. */
function inTheMiddle(_: unknown, distribution: Distribution): Drawing | undefined {
  if ('sample' in distribution) return undefined
  return ({ support, batchShape, eventShape }) => {
    const onto = biject(support)
    return onto.forward(fill([...onto.inverseShape([...batchShape, ...eventShape])], 0))
  }
}

/** What `outlineSetting` needs to know. */
export function outlineOf({ model }: Setting, plate: string): Outlined {
  const { program, values, sizes } = model
  const isOwn = ({ plates }: Declaration): boolean => plates[0] === plate
  const isGiven = (site: Declaration): boolean =>
    values[site.name] !== undefined && !('value' in site && site.value !== undefined)
  const inputs = program.declarations.filter((site) => site.kind === 'input' && isOwn(site) && isGiven(site))
  const others = program.declarations.filter((site) => !isOwn(site) && isGiven(site))
  return {
    inputs: Object.fromEntries(
      inputs.map(({ name }) => [name, [1, ...(values[name] as NdArray).shape.slice(1)]]),
    ),
    sizes: Object.fromEntries(
      [...program.plates].flatMap(([name, { size }]) =>
        typeof size === 'string' ? [[size, name === plate ? 1 : sizes.get(name)!]] : [],
      ),
    ),
    given: Object.fromEntries(others.map(({ name }) => [name, values[name]])),
  }
}

function qOf({ declarations }: Program, { encoder, guide }: Chosen, who: string): object {
  if (!encoder) return { guide }
  const open = declarations.find(({ kind, name }) => kind === 'latent' && !Object.hasOwn(encoder, name))
  if (!open) return { family: conditional(encoder) }
  throw new DomainError(
    `${who}: encoder: "${open.name}" has none: every latent must be told of by a network, for new examples have no parameters of ` +
      'their own',
  )
}

/** Data that are drawn afresh, as they are drawn by one key. */
export function drawOnce({ draw, values }: DrawnData, key: Key, name: string): NdArray {
  const checked = (words: Tensor, x: Tensor): Tensor => sameShape(draw(words, x, OPERATIONS), x, name)
  const run = compile(checked, { precision: 'float64' }) as unknown as (...of: readonly unknown[]) => NdArray
  return run(wordsOf(key), values)
}

function isAsync(x: unknown): x is AsyncIterable<unknown> {
  return typeof x === 'object' && x !== null && Symbol.asyncIterator in x
}

async function collected(parts: AsyncIterable<unknown>, who: string): Promise<NdArray> {
  const all: NdArray[] = []
  for await (const part of parts) {
    const { data: own, shape, missing } = plainData(part, `${who}: part ${all.length}`)
    if (missing)
      throw new DomainError(`${who}: part ${all.length}: values are missing: leave their examples out`)
    const rows = new NdArray(own, shape)
    if (all[0] && String(rows.shape.slice(1)) !== String(all[0].shape.slice(1)))
      throw new ShapeError(
        `${who}: part ${all.length} has examples of shape [${rows.shape.slice(1)}], expected [${all[0].shape.slice(1)}]`,
      )
    all.push(rows)
  }
  if (all.length === 0)
    throw new ShapeError(`${who}: there must be an example at least: the iterable gave nothing`)
  return joined(all)
}
