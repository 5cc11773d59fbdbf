import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile, valueAndGrad } from '@variate/compile'
import { NdArray, NumericalError, UnsupportedError, type Key } from '@variate/core'
import { add, fill, logSumExp, mean, reshape, stopGradient, sub, sum } from '@variate/core/ops'
import { draws, logProbs, placeOf, type Program, type RandomSite } from '@variate/language/internal'
import { wordsOf } from './parts.ts'
import { argumentsOf, type Proposed } from './proposed.ts'

type Tensors = Readonly<Record<string, Tensor>>
type Arrays = Readonly<Record<string, NdArray<Float64Array>>>

/** An objective's gradient in all parameters, as a step of stochastic ascent would see it, over many repeats. */
export interface ObjectiveGradient<Names extends string> {
  /** The mean of the objective over the repeats, in nats. */
  readonly value: number
  /** The mean of the gradient over the repeats. */
  readonly gradient: Readonly<Record<Names, NdArray<Float64Array>>>
  /** The variance of one repeat's gradient, entry by entry: what a step has to live with. */
  readonly variance: Readonly<Record<Names, NdArray<Float64Array>>>
}

/** How the draws of one repeat make the objective. */
export interface Grouping {
  /** How many draws there are. */
  readonly particles: number
  /** Of how many of them a logarithm of a mean weight is taken; the objective is the mean of these. */
  readonly group: number
}

/**
 * The gradient of the mean of log (1/k) Σ p(data, z) / q(z). Draws of a guide are functions of its parameters (reparameterization);
 * those of the prior stay where they are, and the weights change.
 *
 * @throws UnsupportedError for a guide with parameters whose draws are not differentiable, which names the site.
 */
export function gradientOf(
  program: Program,
  proposed: Proposed,
  key: Key,
  { particles, group }: Grouping,
  repeats: number,
  who: string,
): ObjectiveGradient<string> {
  const { model, guide } = proposed
  // What both share is there once: its derivative is that by way of both.
  const names = [...new Set([...parametersOf(program), ...(guide ? parametersOf(guide.program) : [])])]
  if (guide && parametersOf(guide.program).length > 0) checkReparameterized(proposed, who)
  const weightOf = (
    all: Tensors,
    present: Tensors,
    ofGuide: Tensors,
    sizes: ReadonlyMap<string, number>,
    own: Tensor,
  ) => {
    const latents = program.declarations.filter(({ kind }) => kind === 'latent').map(({ name }) => name)
    const drawn = guide ? draws(guide.program, sizes, own, ofGuide) : draws(program, sizes, own, all)
    const values = Object.fromEntries(
      latents.map((name) => [name, guide ? drawn[name]! : stopGradient(drawn[name]!)]),
    )
    const logs = logProbs(program, sizes, { ...all, ...values }, present)
    const log = total(Object.values(logs))
    if (!guide) return sub(log, stopGradient(total(latents.map((name) => logs[name]!))))
    const guided = logProbs(guide.program, sizes, { ...ofGuide, ...values })
    return sub(log, total(latents.map((name) => guided[name]!)))
  }
  const run = compile(
    (
      key: Tensor,
      given: Tensors,
      present: Tensors,
      ofGuide: Tensors,
      sizes: Readonly<Record<string, number>>,
    ) =>
      batch(
        () => {
          const objective = valueAndGrad((...params: readonly Tensor[]) => {
            const own = Object.fromEntries(names.map((name, i) => [name, params[i]!]))
            const logWeights = batch(
              () =>
                weightOf(
                  replaced(given, own),
                  present,
                  replaced(ofGuide, own),
                  new Map(Object.entries(sizes)),
                  key,
                ),
              { size: particles },
            )()
            const groups = reshape(logWeights, [particles / group, group])
            return mean(sub(logSumExp(groups, 1), Math.log(group)))
          })
          const { value, grads } = objective(...names.map((name) => given[name] ?? ofGuide[name]!))
          return { value, grads: Object.fromEntries(names.map((name, i) => [name, grads[i]!])) }
        },
        { size: repeats },
      )(),
    { precision: 'float64' },
  )
  const { value, grads } = run(wordsOf(key), ...argumentsOf({ model, guide })) as unknown as {
    readonly value: NdArray<Float64Array>
    readonly grads: Arrays
  }
  for (const [name, { data }] of Object.entries({ value, ...grads })) {
    const at = data.findIndex((x) => !Number.isFinite(x))
    if (at < 0) continue
    const what = name === 'value' ? 'the objective' : `the gradient in "${name}"`
    throw new NumericalError(`${who}: ${what} is ${data[at]}: its estimate tells the site`)
  }
  return {
    value: value.data.reduce((a, b) => a + b, 0) / repeats,
    gradient: mapped(grads, (x) => meanRow(x)),
    variance: mapped(grads, (x) => varianceRow(x)),
  }
}

function parametersOf({ declarations }: Program): readonly string[] {
  return declarations.filter(({ kind }) => kind === 'param').map(({ name }) => name)
}

function checkReparameterized({ guide }: Proposed, who: string): void {
  for (const site of guide!.program.declarations) {
    if (site.kind !== 'latent') continue
    const distribution = guide!.distributions.get(site as RandomSite)!
    if ('reparameterized' in distribution) continue
    throw new UnsupportedError(
      `${who}: ${placeOf(site)}: draws of a ${distribution.name} are not differentiable in the guide's parameters: take one whose are`,
    )
  }
}

function total(logs: readonly Tensor[]): Tensor {
  return logs.reduce((all, log) => add(all, sum(log)), fill([], 0))
}

/** Values with those of others where they are among them. */
function replaced(values: Tensors, others: Tensors): Tensors {
  return Object.fromEntries(Object.entries(values).map(([name, x]) => [name, others[name] ?? x]))
}

function meanRow({ data, shape }: NdArray<Float64Array>): NdArray<Float64Array> {
  const size = data.length / shape[0]!
  const row = Float64Array.from({ length: size }, (_, i) => {
    let sumOf = 0
    for (let at = i; at < data.length; at += size) sumOf += data[at]!
    return sumOf / shape[0]!
  })
  return new NdArray(row, shape.slice(1))
}

function varianceRow(x: NdArray<Float64Array>): NdArray<Float64Array> {
  const center = meanRow(x).data
  const squares = x.data.map((own, i) => (own - center[i % center.length]!) ** 2)
  const { data, shape } = meanRow(new NdArray(squares, x.shape))
  const count = x.shape[0]!
  return new NdArray(
    data.map((own) => (own * count) / (count - 1)),
    shape,
  )
}

function mapped(arrays: Arrays, f: (x: NdArray<Float64Array>) => NdArray<Float64Array>): Arrays {
  return Object.fromEntries(Object.entries(arrays).map(([name, x]) => [name, f(x)]))
}
