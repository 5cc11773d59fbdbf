import type { Tensor } from '@tensorflow/tfjs-core'
import { UnsupportedError } from '@variate/core'
import { add, fill, mean, mul, sum } from '@variate/core/ops'
import { totalOf } from './elboOf.ts'
import type { Outline } from './estimator.ts'
import type { ObjectiveParameters, Problem, Term, Values } from './problem.ts'

type Part = Pick<Term, 'name' | 'scale'>

/**
 * The elements of the plates that all latents are in, where nothing reads those of several: their weights are independent, and each
 * has a bound of its own. Where there are no such plates it is one, which is all of the problem.
 */
export interface Elements {
  /** Outermost first. */
  readonly plates: readonly string[]
  /** How often an element counts. */
  readonly scale: number
  /** The terms of log p that read latents. */
  readonly terms: readonly Part[]
  /** Those that do not, and have no part in the weights. */
  readonly others: readonly Part[]
}

/** Logs of densities of an element's latents, in nats, of the shape of the elements' plates; and a scalar of what reads none. */
export interface ElementLogs {
  readonly logP: Tensor
  readonly logQ: Tensor
  readonly others: Tensor
}

/**
 * @throws UnsupportedError for mini-batches of elements whose weights are not independent, and for divergences in closed form, which
 *   are no part of a weight.
 */
export function elementsOf({ factors, terms }: Outline, who: string): Elements {
  const closed = factors.find(({ scale }) => scale === 0)
  if (closed) {
    throw new UnsupportedError(
      `${who}: the weights of its draws are p(x, z) / q(z), in which KL(q ‖ p) of "${closed.name}" in closed form has no place: leave ` +
        'out analyticKl()',
    )
  }
  const reading = new Set(factors.flatMap((factor) => factor.terms.map(({ name }) => name)))
  const read = terms.filter(({ name }) => reading.has(name))
  const plates = independentPlates({ factors, terms: read })
  const parts = [...factors, ...read]
  const scale = plates.length === 0 ? 1 : Math.min(...parts.map((part) => part.scale))
  const odd = parts.find((part) => part.scale !== scale)
  if (odd) {
    throw new UnsupportedError(
      `${who}: mini-batches hold a part of the elements that "${odd.name}" is of, and the weights of all of them make one weight, ` +
        'their product, which is not known of a part: leave out the mini-batches, or put every latent into their plate',
    )
  }
  const own = ({ name }: Term): Part => ({ name, scale: 1 })
  return {
    plates,
    scale,
    terms: read.map(own),
    others: terms.filter(({ name }) => !reading.has(name)),
  }
}

/** The plates that all factors and terms have first, along which each element of them reads that element only. */
function independentPlates({ factors, terms }: Pick<Outline, 'factors' | 'terms'>): readonly string[] {
  const [first, ...rest] = [...factors, ...terms].map((part) => part.plates)
  const readers = factors.flatMap((factor) => [...factor.terms, ...factor.factors])
  const isShared = (plate: string, at: number): boolean =>
    rest.every((plates) => plates[at] === plate) && readers.every(({ aligned }) => aligned.includes(plate))
  const end = first?.findIndex((plate, at) => !isShared(plate, at)) ?? 0
  return end === -1 ? first! : (first ?? []).slice(0, end)
}

/** log p and log q of one draw of the latents. */
export function elementLogs(
  problem: Problem,
  elements: Elements,
  parameters: ObjectiveParameters,
  values: Values,
): ElementLogs {
  const logP = problem.logP(parameters, values)
  return {
    logP: perElement(problem, elements, elements.terms, logP),
    logQ: perElement(problem, elements, problem.factors, problem.logQ(parameters, values)),
    others: totalOf(elements.others, logP),
  }
}

/** The sum of logs in each element. */
export function perElement(
  { sizes }: Problem,
  { plates }: Elements,
  parts: readonly Pick<Part, 'name'>[],
  logs: Values,
): Tensor {
  const shape = plates.map((plate) => sizes.get(plate)!)
  return parts
    .map(({ name }) => logs[name]!)
    .map((own) =>
      sum(
        own,
        own.shape.slice(plates.length).map((_, axis) => plates.length + axis),
      ),
    )
    .reduce((total, own) => add(total, own), fill(shape, 0))
}

/**
 * What all elements have together, with what reads no latents.
 *
 * @param own of each element; more axes first are averaged over.
 * @param others a scalar, or one for each particle.
 */
export function overElements({ plates, scale }: Elements, own: Tensor, others: Tensor): Tensor {
  const axes = own.shape.slice(own.rank - plates.length).map((_, axis) => own.rank - plates.length + axis)
  return add(mul(scale, mean(sum(own, axes))), mean(others))
}
