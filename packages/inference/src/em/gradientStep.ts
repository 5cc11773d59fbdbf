import type { Tensor } from '@tensorflow/tfjs-core'
import { compile, valueAndGrad } from '@variate/compile'
import { NdArray } from '@variate/core'
import { add } from '@variate/core/ops'
import { biject } from '@variate/distributions'
import type { NetworkParams } from '@variate/language'
import type { Bound } from '@variate/language/internal'
import type { Tensors } from '../exact/termAt.ts'
import type { Term } from '../exact/terms.ts'
import { minimize } from '../optimizers/minimize.ts'
import { Breakdown } from '../run/index.ts'
import type { Step } from './step.ts'
import { flatten, layoutOf } from './flat.ts'
import { expectedLogJoint, plainCompletion, type CompletionTensors } from './objective.ts'
import type { Parameters, ParamSite } from './parameters.ts'
import { possibleOnly } from './possibleOnly.ts'
import type { LogPrior } from './priors.ts'

/** How far one maximisation goes: EM needs no more than a rise. */
const [ITERATIONS, TOLERANCE] = [50, 1e-10]

/**
 * Ascent by L-BFGS in unconstrained space, for what has no closed form: generalised EM, which rises as well.
 *
 * @param params those with a domain, and networks, as they begin.
 */
export function gradientStep(
  bound: Bound,
  terms: readonly (readonly [at: number, term: Term])[],
  params: readonly ParamSite[],
  networks: Readonly<Record<string, NetworkParams>>,
  begin: Parameters,
  logPrior: LogPrior | undefined,
): Step {
  const maps = new Map(params.map((site) => [site.name, biject(site.domain.constraint)]))
  const leaves = leavesOf(networks)
  const layout = layoutOf({
    ...Object.fromEntries(
      params.map(({ name }) => [name, maps.get(name)!.inverseShape((begin[name] as NdArray).shape)]),
    ),
    ...Object.fromEntries([...leaves].map(([path, { shape }]) => [path, shape])),
  })
  /** Parameters as the model has them, of what the vector is split into. */
  const constrained = (free: Tensors): Record<string, unknown> => ({
    ...Object.fromEntries([...maps].map(([name, map]) => [name, map.forward(free[name]!)])),
    ...nested(networks, free as never),
  })
  const own = terms.map(([, term]) => term)
  const objective = compile(
    (given: Tensors, masks: Tensors, completions: readonly CompletionTensors[], point: Tensor) =>
      valueAndGrad((at: Tensor): Tensor => {
        const mine = constrained(layout.split(at)) as Tensors
        const all = { ...given, ...mine }
        const total = expectedLogJoint(bound, own, all, masks, completions)
        return logPrior ? add(total, logPrior(mine)) : total
      })(point),
    { precision: 'float64' },
  )
  const there = compile((point: Tensor) => constrained(layout.split(point)) as Tensors, {
    precision: 'float64',
  })
  const back = compile(
    (given: Tensors) => Object.fromEntries([...maps].map(([name, map]) => [name, map.inverse(given[name]!)])),
    { precision: 'float64' },
  )
  const names = [...maps.keys()]
  return {
    params: [...names, ...Object.keys(networks)],
    how: 'gradient ascent (L-BFGS)',
    update: (given, now) => {
      const completions = terms.map(([at]) => plainCompletion(possibleOnly(now[at]!)))
      const picked = Object.fromEntries(names.map((name) => [name, given[name]!]))
      const free = {
        ...(names.length > 0 ? (back(picked as never) as unknown as Parameters) : {}),
        ...Object.fromEntries(
          leavesOf(Object.fromEntries(Object.keys(networks).map((name) => [name, given[name]!]))),
        ),
      }
      const f = (point: Float64Array): { value: number; gradient: Float64Array } => {
        const { value, grads } = objective(
          { ...bound.values, ...given } as never,
          bound.present as never,
          completions as never,
          point,
        ) as unknown as { value: NdArray; grads: readonly [NdArray] }
        return { value: -value.data[0]!, gradient: Float64Array.from(grads[0].data, (x) => -x) }
      }
      const start = flatten(layout, free as Parameters)
      const { value, gradient } = f(start)
      if (![value, ...gradient].every(Number.isFinite)) {
        const all = [...names, ...Object.keys(networks)].map((name) => `"${name}"`).join(', ')
        return new Breakdown(`param ${all}: the expected log joint has no finite slope there`)
      }
      const { x } = minimize(f, start, { maxIterations: ITERATIONS, tolerance: TOLERANCE })
      return { ...given, ...(there(x) as unknown as Parameters) }
    },
  }
}

/** The arrays of nested parameters, by their paths. */
function leavesOf(params: Parameters): Map<string, NdArray> {
  const found = new Map<string, NdArray>()
  const visit = (item: unknown, path: string): void => {
    if (item instanceof NdArray) found.set(path, item)
    else for (const [name, inner] of Object.entries(item as object)) visit(inner, `${path}/${name}`)
  }
  for (const [name, item] of Object.entries(params)) visit(item, name)
  return found
}

/** Nested parameters of the same structure, of the arrays at their paths. */
function nested(like: Parameters, leaves: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const visit = (item: unknown, path: string): unknown => {
    if (item instanceof NdArray) return leaves[path]
    const entries = Object.entries(item as object).map(([name, inner]) => [
      name,
      visit(inner, `${path}/${name}`),
    ])
    return Array.isArray(item) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries)
  }
  return Object.fromEntries(Object.entries(like).map(([name, item]) => [name, visit(item, name)]))
}
