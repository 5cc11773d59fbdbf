import type { Tensor } from '@tensorflow/tfjs-core'
import { compile, valueAndGrad } from '@variate/compile'
import { key, NdArray } from '@variate/core'
import { add, exp, fill, logSumExp, mul, stack, sub, sum } from '@variate/core/ops'
import type { Family, ParamTree, SiteTensors } from '@variate/families'
import { bind, freeParameters, logProbs } from '@variate/language/internal'

type Arrays = readonly NdArray[]

export interface Objective {
  /** The bound, and its gradient by the compiled program, at parameters in a list. */
  at(params: Arrays): { readonly value: number; readonly gradients: Arrays }
  /** What they begin with, in float64. */
  readonly start: Arrays
}

/** Draws whose noise is fixed, or a sum over listed values of discrete latents, of which each is a record. */
export type Summed = 'draws' | readonly Readonly<Record<string, NdArray>>[]

/** What is climbed: log p(x | z) + β·(log p(z) − log q(z)) of one draw, or, of one example, the bound of the weights of several. */
export interface Bound {
  readonly beta?: number
  readonly particles?: number
}

/**
 * log p(x, z) − log q(z), summed over examples, in float64: at draws of fixed noise, a smooth function of all parameters; where values
 * of discrete latents are listed, its exact mean over them under q.
 */
export function objectiveOf(
  { program }: { readonly program: object },
  family: Family,
  data: Readonly<Record<string, unknown>>,
  summed: Summed = 'draws',
  { beta = 1, particles = 1 }: Bound = {},
): Objective {
  const model = bind(program as never, data as never, {
    who: 'test',
    needed: ({ kind }) => kind === 'observed' || kind === 'input',
  })
  const theta = freeParameters(model)
  const q = family.of(model, 'test')
  const tree = { model: theta.init(key(1)), guide: q.init(key(2)) }
  const total = (logs: Readonly<Record<string, Tensor>>): Tensor =>
    Object.values(logs).reduce((all, log) => add(all, sum(log)), fill([], 0))
  const isLatent = (name: string): boolean =>
    model.program.declarations.some((own) => own.kind === 'latent' && own.name === name)
  const weightAt = (params: ParamTree, given: SiteTensors, drawn: SiteTensors, seed = 3) => {
    const all = { ...given, ...theta.values(params['model'] as ParamTree) }
    const context = { params: params['guide'] as ParamTree, data: all as SiteTensors, sizes: model.sizes }
    const values = q.draw(context, key(seed), { given: drawn })
    const logs = q.logProbs(context, values)
    const listedLogs = Object.fromEntries(Object.keys(drawn).map((name) => [name, logs[name]!]))
    const joint = Object.entries(logProbs(program as never, model.sizes, { ...all, ...values }))
    const [prior, likelihood] = [true, false].map((of) =>
      total(Object.fromEntries(joint.filter(([name]) => isLatent(name) === of))),
    ) as [Tensor, Tensor]
    const logWeight = add(likelihood, mul(beta, sub(prior, total(logs))))
    return { logWeight, logQ: total(listedLogs) }
  }
  const run = compile(
    (leaves: readonly Tensor[], given: SiteTensors, listed: readonly SiteTensors[]) => {
      const { value, grads } = valueAndGrad((...own: readonly Tensor[]) => {
        const params = rebuilt(tree, [...own]) as ParamTree
        if (summed === 'draws') {
          const draws = Array.from(
            { length: particles },
            (_, i) => weightAt(params, given, {}, 3 + i).logWeight,
          )
          return sub(logSumExp(stack(draws)), Math.log(particles))
        }
        return listed.reduce(
          (all, drawn) => {
            const { logWeight, logQ } = weightAt(params, given, drawn)
            return add(all, mul(exp(logQ), logWeight))
          },
          fill([], 0),
        )
      })(...leaves)
      return { value, grads: [...grads] }
    },
    { precision: 'float64' },
  ) as unknown as (...of: readonly unknown[]) => { readonly value: NdArray; readonly grads: Arrays }
  const start = arraysOf(tree).map(({ data: own, shape }) => new NdArray(Float64Array.from(own), shape))
  const listed = summed === 'draws' ? [] : summed
  return {
    start,
    at: (params) => {
      const { value, grads } = run(params, model.values, listed)
      return { value: value.data[0]!, gradients: grads }
    },
  }
}

/**
 * The largest difference between a gradient and central differences, in two numbers of every parameter, as a share of its largest
 * entry. Where that is nearly 0 there is nothing to compare: ∞.
 */
export function gradientError({ at, start }: Objective): number {
  const { gradients } = at(start)
  const size = Math.max(...gradients.flatMap(({ data }) => Array.from(data, Math.abs)))
  if (!(size > 1e-3)) return Infinity
  const step = 1e-5
  const errors = start.flatMap(({ data, shape }, leaf) =>
    [0, Math.floor(data.length / 2)].map((place) => {
      const moved = (by: number): number => {
        const own = Float64Array.from(data)
        own[place]! += by
        return at(start.map((x, i) => (i === leaf ? new NdArray(own, shape) : x))).value
      }
      const difference = (moved(step) - moved(-step)) / (2 * step)
      return Math.abs(gradients[leaf]!.data[place]! - difference) / size
    }),
  )
  return Math.max(...errors)
}

function arraysOf(tree: unknown): Arrays {
  return tree instanceof NdArray ? [tree] : Object.values(tree as object).flatMap(arraysOf)
}

/** The tree with others in place of its arrays, which are taken from the front of a list. */
function rebuilt(tree: unknown, from: Tensor[]): unknown {
  if (tree instanceof NdArray) return from.shift()
  if (Array.isArray(tree)) return tree.map((own) => rebuilt(own, from))
  return Object.fromEntries(Object.entries(tree as object).map(([name, own]) => [name, rebuilt(own, from)]))
}
