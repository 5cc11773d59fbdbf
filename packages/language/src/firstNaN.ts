import { NdArray, NumericalError, VariateError } from '@variate/core'
import { indicesOf } from '@variate/core/internal'
import type { Bound } from './bind.ts'
import type { Declaration } from './declaration.ts'
import { eagerly } from './eagerly.ts'
import { entryOf } from './entryOf.ts'
import { placeOf } from './program.ts'
import { semanticsOf } from './semantics.ts'

/** Where the log joint becomes NaN, and why as far as it can be told. */
export interface NaNPlace {
  readonly site: string
  /** Of the element of the site's plates; of a value of NaN, of the number in the array. */
  readonly index: readonly number[]
  readonly error: VariateError
}

type Arrays = Readonly<Record<string, unknown>>

/**
 * The first site, in the order of declaration, whose value or log probability is NaN at some step of an algorithm: what a
 * termination `{ kind: 'diverged', site, step }` is made of.
 *
 * @param bound a program with its data.
 * @param values of all other sites, parameters and networks at this step, an axis for each plate first.
 * @returns undefined if no site has one: then it is not the log joint that is NaN.
 */
export function firstNaN(bound: Bound, values: Arrays, step: number): NaNPlace | undefined {
  const all = { ...bound, values: { ...bound.values, ...(values as Bound['values']) } }
  const { program, sizes, present } = all
  const logs = semanticsOf(program).logProbs(all.values as never, present as never, Object.fromEntries(sizes))
  const place = nanIn(all, logs as Arrays, '', all.values)
  if (!place) return undefined
  const Kind = place.error.constructor as new (message: string, options: ErrorOptions) => VariateError
  return { ...place, error: new Kind(`${place.error.message} in step ${step}`, { cause: place.error }) }
}

/**
 * The first NaN of log probabilities.
 *
 * @param who comes first in what is said.
 * @param values of sites, if NaN is looked for among them as well.
 */
export function nanIn(bound: Bound, logs: Arrays, who: string, values: Arrays = {}): NaNPlace | undefined {
  for (const site of bound.program.declarations) {
    const [value, log] = [indexOfNaN(entryOf(values, site.name)), indexOfNaN(entryOf(logs, site.name))]
    if (value) return { site: site.name, index: value, error: isNaNAt(site, 'value', value, who) }
    if (!log) continue
    return {
      site: site.name,
      index: log,
      error: whyAt(bound, site, log) ?? isNaNAt(site, 'log probability', log, who),
    }
  }
  return undefined
}

function indexOfNaN(x: unknown): readonly number[] | undefined {
  if (!(x instanceof NdArray)) return undefined
  const at = x.data.findIndex(Number.isNaN)
  return at < 0 ? undefined : indicesOf(at, x.shape)
}

/** What a distribution says of its parameters: it checks them where they are no traces. */
function whyAt(bound: Bound, site: Declaration, index: readonly number[]): VariateError | undefined {
  try {
    eagerly(bound, { site: site.name, index })
  } catch (error) {
    if (!(error instanceof VariateError)) throw error
    if (index.length === 0 || !error.message.startsWith(placeOf(site))) return error
    const Kind = error.constructor as new (message: string, options: ErrorOptions) => VariateError
    return new Kind(`${error.message}, in the element at [${index}]`, { cause: error })
  }
  return undefined
}

function isNaNAt(site: Declaration, what: string, index: readonly number[], who: string): NumericalError {
  const where = index.length > 0 ? ` at [${index}]` : ''
  return new NumericalError(`${who}${placeOf(site)}: the ${what} is NaN${where}`)
}
