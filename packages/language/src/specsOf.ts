import { evalShape, type TensorSpec } from '@variate/compile'
import { key, NdArray, VariateError } from '@variate/core'
import { fill, keyTensor } from '@variate/core/ops'
import type { Declaration } from './declaration.ts'
import { entryOf } from './entryOf.ts'
import type { OnMade } from './drawOf.ts'
import { draws } from './draws.ts'
import type { SiteValues } from './logProbs.ts'
import type { AnyNetwork, NetworkParams } from './networks/network.ts'
import type { PlainData } from './plainData.ts'
import type { Program } from './program.ts'

/** The shapes and types of all values: the program is drawn from, in a trace. */
export function specsOf(
  program: Program,
  sizes: ReadonlyMap<string, number>,
  plain: ReadonlyMap<Declaration, PlainData>,
  onMade: OnMade,
): Readonly<Record<string, TensorSpec>> {
  const outside: Record<string, TensorSpec> = {}
  const seen = program.guides && seenSpecs(program, program.guides, sizes, plain)
  for (const site of program.declarations) {
    const plates = site.plates.map((plate) => sizes.get(plate)!)
    if (site.kind === 'input' && !site.from)
      outside[site.name] = {
        shape: plain.get(site)?.shape ?? entryOf(seen ?? {}, site.name)?.shape ?? plates,
        dtype: 'float32',
      }
    else if (site.kind === 'param')
      outside[site.name] = { shape: [...plates, ...site.domain.shape], dtype: 'float32' }
  }
  // What is set by an intervention is of the shape and type that its distribution gives.
  const declarations = program.declarations.map((site) => (site.kind === 'input' && site.from) || site)
  const made = evalShape(() => {
    const given: Record<string, unknown> = {}
    for (const [name, { shape }] of Object.entries(outside)) given[name] = fill([...shape], 0.5)
    for (const site of program.declarations) {
      if (site.kind === 'network') given[site.name] = tensorsOf(shapesOf(site.network))
    }
    return draws(
      { ...program, declarations },
      sizes,
      keyTensor(key(0)),
      given as SiteValues,
      (site, made) => {
        onMade(site, made)
        return 'shape'
      },
    )
  })
  return { ...outside, ...made() }
}

/** The shapes of a guide's data as the model has them, where not all are given, and as far as it can tell. */
function seenSpecs(
  program: Program,
  model: Program,
  sizes: ReadonlyMap<string, number>,
  plain: ReadonlyMap<Declaration, PlainData>,
): Readonly<Record<string, TensorSpec>> | undefined {
  const inputs = program.declarations.filter(({ kind }) => kind === 'input')
  if (inputs.every((site) => plain.has(site))) return undefined
  const given = new Map(inputs.map(({ name }, i) => [name, plain.get(inputs[i]!)]))
  const known = model.declarations.flatMap((site): [Declaration, PlainData][] => {
    const data = given.get(site.name)
    return data ? [[site, data]] : []
  })
  try {
    return specsOf(model, sizes, new Map(known), () => {})
  } catch (error) {
    // A model whose inputs have axes of their own cannot be traced without them.
    if (error instanceof VariateError) return undefined
    throw error
  }
}

/** What parameters of a network are like: the shapes of arrays, in their places. */
type ParamShapes =
  | { readonly shape: readonly number[] }
  | { readonly list: readonly ParamShapes[] }
  | { readonly record: Readonly<Record<string, ParamShapes>> }

/** The shapes of networks that were looked at: to find out, one has to draw what they begin with. */
const known = new WeakMap<AnyNetwork, ParamShapes>()

function shapesOf(network: AnyNetwork): ParamShapes {
  const found = known.get(network) ?? shapesIn(network.init(key(0)))
  known.set(network, found)
  return found
}

function shapesIn(params: NetworkParams): ParamShapes {
  if (params instanceof NdArray) return { shape: params.shape }
  if (Array.isArray(params)) return { list: params.map(shapesIn) }
  return {
    record: Object.fromEntries(Object.entries(params).map(([name, item]) => [name, shapesIn(item)])),
  }
}

function tensorsOf(shapes: ParamShapes): unknown {
  if ('shape' in shapes) return fill([...shapes.shape], 0)
  if ('list' in shapes) return shapes.list.map(tensorsOf)
  return Object.fromEntries(Object.entries(shapes.record).map(([name, item]) => [name, tensorsOf(item)]))
}
