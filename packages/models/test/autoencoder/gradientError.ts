import type { Tensor } from '@tensorflow/tfjs-core'
import { compile, valueAndGrad } from '@variate/compile'
import { key, NdArray } from '@variate/core'
import { leavesOf, withLeaves, type TensorTree } from '@variate/core/internal'
import { add, keyTensor, neg, sum } from '@variate/core/ops'
import { conditional, type ConditionalLatent } from '@variate/families'
import { bind, freeParameters, logProbs, type Program } from '@variate/language/internal'

type Tensors = Readonly<Record<string, Tensor>>

interface Declared {
  readonly model: { readonly program: Program }
  readonly encoder: Readonly<Record<string, ConditionalLatent>>
}

const H = 1e-5

/**
 * By how much derivatives of a bound of one draw, in all parameters of the model and of q, differ from central differences in float64
 * at most, relative to these where they are above 1.
 */
export function gradientError({ model, encoder }: Declared, data: object): number {
  const bound = bind(model.program, data as never, {
    who: 'gradients',
    needed: ({ kind }) => kind === 'observed' || kind === 'input',
  })
  const [theta, q] = [freeParameters(bound), conditional(encoder).of(bound, 'gradients')]
  const elbo = (given: Tensors, tree: Record<'model' | 'guide', never>): Tensor => {
    const shared = Object.fromEntries((q.shared ?? []).map((name) => [name, tree.model[name]]))
    const context = { params: { ...shared, ...(tree.guide as object) }, data: given, sizes: bound.sizes }
    const values = q.draw(context, keyTensor(key(3)))
    const all = { ...given, ...theta.values(tree.model), ...values }
    const logP = Object.values(logProbs(model.program, bound.sizes, all as never, {}))
    const logQ = Object.values(q.logProbs(context, values)).map((x) => neg(x) as Tensor)
    return [...logP, ...logQ].map((x) => sum(x)).reduce((a, b) => add(a, b) as Tensor)
  }
  const compiled = compile(
    (given: Tensors, tree: TensorTree) => {
      const of = (...leaves: readonly Tensor[]): Tensor => elbo(given, withLeaves(tree, leaves) as never)
      const { value, grads } = valueAndGrad(of)(...leavesOf(tree))
      return [value, ...grads]
    },
    { precision: 'float64' },
  ) as unknown as (...of: readonly unknown[]) => readonly NdArray[]
  const start = { model: theta.init(key(1)), guide: q.init(key(2)) }
  const leaves: NdArray<Float64Array>[] = []
  const at = moved(start, leaves)
  const [, ...found] = compiled(bound.values, at)
  let worst = found.length === leaves.length ? 0 : Infinity
  for (const [l, { data: own }] of leaves.entries()) {
    for (const [i, x] of own.entries()) {
      const [above, below] = [H, -H].map((step) => {
        own[i] = x + step
        return compiled(bound.values, at)[0]!.data[0]!
      })
      own[i] = x
      const expected = (above! - below!) / (2 * H)
      const error = Math.abs(found[l]!.data[i]! - expected) / Math.max(1, Math.abs(expected))
      if (!(error <= worst)) worst = error
    }
  }
  return worst
}

/** A tree away from where all begins, where biases are 0 and heads small, and a list of its arrays. */
function moved(tree: unknown, leaves: NdArray<Float64Array>[]): unknown {
  if (tree instanceof NdArray) {
    const phase = leaves.length
    const data = Float64Array.from(tree.data as Float64Array, (x, i) => x + 0.3 * Math.sin(7 * i + phase))
    leaves.push(new NdArray(data, tree.shape))
    return leaves.at(-1)
  }
  if (Array.isArray(tree)) return tree.map((own) => moved(own, leaves))
  return Object.fromEntries(
    Object.entries(tree as object).map(([name, own]) => [name, moved(own, leaves)] as const),
  )
}
