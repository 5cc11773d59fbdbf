import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile } from '@variate/compile'
import { NdArray, UnsupportedError } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { add, fill, sub, sum } from '@variate/core/ops'
import type { Capabilities, Distribution } from '@variate/distributions'
import { logProbs, placeOf, Scope, valueOf, type RandomSite } from '@variate/language/internal'
import { supportsOf } from '@variate/language/internal'
import { argumentsOf, type Proposed } from './proposed.ts'
import { tanhSinh } from './tanhSinh.ts'

type Tensors = Readonly<Record<string, Tensor>>

/** A latent of the guide as numbers that are summed or integrated over, each by itself. */
interface Axis {
  readonly site: RandomSite
  /** The shape of its values. */
  readonly shape: readonly number[]
  /** How many of its numbers go through the nodes. */
  readonly variables: number
  readonly isDiscrete: boolean
  /** What each of them is at the nodes, [count, ...]: values, or probabilities of which quantiles are taken. */
  readonly nodes: NdArray
  /** The weights of probabilities. */
  readonly weights: Float64Array | undefined
}

/** More points than this are refused. */
const MOST = 2 ** 21
/** How many points are computed at once. */
const AT_ONCE = 2 ** 13
/** How many nodes an axis has, twice: where both agree, more would as well. */
const [NODES, FINER] = [44, 61]
/** How far both may differ, in nats, or shares of the bound. */
const TOLERANCE = 1e-6

/**
 * E_q[log p(data, z) − log q(z)] without random numbers: sums over the values of discrete latents, and quadrature over the quantiles of
 * continuous ones. Every combination is a point, so that it is for few latents.
 *
 * @throws UnsupportedError for latents without quantiles, for too many points, with their number, and where quadrature does not
 *   settle: of integrands with kinks, and of bounds that are −∞.
 */
export function exactElbo(proposed: Required<Proposed>, who: string): number {
  const coarse = byNodes(proposed, NODES, who)
  if (!hasContinuous(proposed)) return coarse
  const elbo = byNodes(proposed, FINER, who)
  if (Math.abs(elbo - coarse) <= TOLERANCE * Math.max(1, Math.abs(elbo))) return elbo
  throw new UnsupportedError(
    `${who}: quadrature does not settle: it gives ${coarse} with ${NODES} nodes and ${elbo} with ${FINER}, for the densities have kinks, or ` +
      'the bound is −∞: estimate it with particles',
  )
}

function hasContinuous({ guide }: Required<Proposed>): boolean {
  return guide!.program.declarations.some(
    (site) => site.kind === 'latent' && !guide!.distributions.get(site)!.support.isDiscrete,
  )
}

/** The bound, with so many nodes for each continuous number. */
function byNodes(proposed: Required<Proposed>, nodes: number, who: string): number {
  const { model, guide } = proposed
  const axes = axesOf(proposed, nodes, who)
  const radices = axes.flatMap(({ variables, nodes }) => Array<number>(variables).fill(nodes.shape[0]!))
  const count = radices.reduce((a, b) => a * b, 1)
  if (count > MOST) {
    throw new UnsupportedError(
      `${who}: the guide's latents have ${count} combinations of values, and at most ${MOST} are summed over: estimate it with particles`,
    )
  }
  const size = Math.min(AT_ONCE, count)
  const run = compile(
    (
      rows: Tensors,
      given: Tensors,
      present: Tensors,
      ofGuide: Tensors,
      sizes: Readonly<Record<string, number>>,
    ) =>
      batch((row: Tensors) => pointOf(proposed, axes, row, { given, present, ofGuide, sizes }), { size })(
        rows,
      ),
    { precision: 'float64' },
  )
  let elbo = 0
  for (let from = 0; from < count; from += size) {
    const { rows, weights } = pointsFrom(axes, radices, from, size, count)
    const { gain, logDiscrete } = run(rows as never, ...argumentsOf({ model, guide })) as unknown as Record<
      'gain' | 'logDiscrete',
      NdArray
    >
    for (const [i, weight] of weights.entries()) {
      const q = weight * Math.exp(logDiscrete.data[i]!)
      if (q > 0) elbo += q * gain.data[i]!
    }
  }
  return elbo
}

function axesOf({ guide }: Required<Proposed>, count: number, who: string): readonly Axis[] {
  const supports = supportsOf(guide!)
  return guide!.program.declarations.flatMap((site): readonly Axis[] => {
    if (site.kind !== 'latent') return []
    const { shape } = guide!.specs[site.name]!
    const values = supports.get(site)
    if (values) {
      const variables = sizeOf(site.plates.map((plate) => guide!.sizes.get(plate)!))
      return [{ site, shape, variables, isDiscrete: true, nodes: values, weights: undefined }]
    }
    const distribution = guide!.distributions.get(site)! as Distribution & Partial<Capabilities>
    if (site.next || !distribution.icdf || distribution.eventShape.length > 0) {
      throw new UnsupportedError(
        `${who}: ${placeOf(site)}: a ${distribution.name}${site.next ? ' in a chain' : ''} has no quantiles to integrate over: estimate the ELBO ` +
          'with particles',
      )
    }
    const { nodes, weights } = tanhSinh(count)
    return [
      {
        site,
        shape,
        variables: sizeOf(shape),
        isDiscrete: false,
        nodes: new NdArray(nodes, [count]),
        weights,
      },
    ]
  })
}

interface Arguments {
  readonly given: Tensors
  readonly present: Tensors
  readonly ofGuide: Tensors
  readonly sizes: Readonly<Record<string, number>>
}

/** log p − log q at a point, and the log probability of its discrete values. */
function pointOf(
  { model, guide }: Required<Proposed>,
  axes: readonly Axis[],
  row: Tensors,
  { given, present, ofGuide, sizes }: Arguments,
): Readonly<Record<'gain' | 'logDiscrete', Tensor>> {
  const all = new Map(Object.entries(sizes))
  const scope = new Scope(guide!.program, all)
  const values: Record<string, Tensor> = {}
  for (const site of guide!.program.declarations) {
    const axis = axes.find((own) => own.site === site)
    if (axis) {
      const nodes = row[site.name]!
      values[site.name] = axis.isDiscrete
        ? nodes
        : scope.each(site, [{ tensor: nodes, plates: site.plates }], (seen, u) =>
            (axis.site.of(seen) as Distribution & Capabilities).icdf(u),
          )
      scope.set(site, values[site.name]!)
    } else if (site.kind === 'network') scope.setNetwork(site, ofGuide[site.name]!)
    else if (site.kind === 'deterministic') scope.set(site, valueOf(scope, site))
    else scope.set(site, ofGuide[site.name]!)
  }
  const logs = logProbs(model.program, all, { ...given, ...values }, present)
  const guided = logProbs(guide!.program, all, { ...ofGuide, ...values })
  const discrete = axes.filter(({ isDiscrete }) => isDiscrete).map(({ site }) => guided[site.name]!)
  return { gain: sub(total(Object.values(logs)), total(Object.values(guided))), logDiscrete: total(discrete) }
}

/** The nodes of points from one number on, and their weights: 0 for those past the last. */
function pointsFrom(
  axes: readonly Axis[],
  radices: readonly number[],
  from: number,
  size: number,
  count: number,
): { readonly rows: Readonly<Record<string, NdArray>>; readonly weights: Float64Array } {
  const weights = new Float64Array(size).fill(1).fill(0, Math.max(0, count - from))
  const rows: Record<string, NdArray> = {}
  let first = 0
  for (const { site, shape, variables, nodes, weights: own } of axes) {
    const each = nodes.data.length / nodes.shape[0]!
    const data = new (nodes.data.constructor as Float64ArrayConstructor)(size * variables * each)
    for (let row = 0; row < size; row++) {
      const digits = digitsOf((from + row) % count, radices)
      for (let variable = 0; variable < variables; variable++) {
        const node = digits[first + variable]!
        const at = (row * variables + variable) * each
        data.set((nodes.data as Float64Array).subarray(node * each, (node + 1) * each), at)
        if (own) weights[row]! *= own[node]!
      }
    }
    rows[site.name] = new NdArray(data, [size, ...shape])
    first += variables
  }
  return { rows, weights }
}

function digitsOf(number: number, radices: readonly number[]): readonly number[] {
  let rest = number
  return radices.map((radix) => {
    const digit = rest % radix
    rest = Math.floor(rest / radix)
    return digit
  })
}

function total(logs: readonly Tensor[]): Tensor {
  return logs.reduce((all, log) => add(all, sum(log)), fill([], 0))
}
