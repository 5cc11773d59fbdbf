import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile } from '@variate/compile'
import { key, NdArray, random } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { constant } from '@variate/core/ops'
import type { Bound } from '@variate/language/internal'
import { overall, type Component } from './components.ts'
import type { ContinuousKinds } from './conjugateSites.ts'
import { termAt, type Tensors } from './termAt.ts'
import { termsOf, type Term, type TermSite } from './terms.ts'

type Rows = Readonly<Record<string, NdArray>>
type Of = Component['terms'][number]

/** Tells whether a term is the same whatever the continuous latents are, in a row of values of discrete ones. */
export type IsFixed = (of: Of, row: number) => boolean

/** How far from the middle of their domains latents are taken. */
const SPREADS = [1, 1, 4, 4, 20]

/**
 * Compiles what finds out which terms are fixed: of sites whose distribution has the same parameters, and whose value is the same,
 * wherever the continuous latents are. Of a factor nothing but its values is known: it is not fixed.
 */
export function fixedTermsOf(
  bound: Bound,
  kinds: ContinuousKinds,
  sites: readonly TermSite[],
): (values: Bound['values'], rows: Rows) => IsFixed {
  const terms = sites
    .filter(({ kind }) => kind !== 'factor')
    .flatMap((site) => termsOf(bound, new Map(), site))
  const points = SPREADS.map((spread, seed) => pointOf(kinds, spread, seed))
  const all = compile(
    (given: Tensors, rows: Tensors, count: number) =>
      batch((row: Tensors) => terms.map((term) => argumentsAt(bound, term, { ...given, ...row })), {
        size: count,
      })(rows),
    { precision: 'float64' },
  )
  return (values, rows) => {
    const count = Object.values(rows)[0]?.shape[0] ?? 1
    const found = points.map(
      (point) =>
        all({ ...values, ...point } as never, rows as never, count) as unknown as (readonly NdArray[])[],
    )
    const isSame = terms.map((term, i) =>
      sameIn(
        found.map((at) => at[i]!),
        count * sizeOf(term.lengths),
      ),
    )
    const places = new Map<string, { readonly i: number; readonly element: number }>()
    for (const [i, term] of terms.entries())
      for (let element = 0; element < sizeOf(term.lengths); element++)
        places.set(`${term.site.name}\0${overall(bound, term, element)}`, { i, element })
    return ({ site, element }, row) => {
      const place = places.get(`${site.name}\0${element}`)
      return place !== undefined && isSame[place.i]!(row * sizeOf(terms[place.i]!.lengths) + place.element)
    }
  }
}

/** The parameters of a term's distributions and their values, each [...elements, ...own]. */
function argumentsAt(bound: Bound, term: Term, given: Tensors): readonly Tensor[] {
  return termAt(bound, term, given, {}, (distribution, x) => [
    x,
    ...Object.values(distribution.parameters).map((value) => constant(value as never)),
  ])
}

/** Whether what there is of one of so many elements is the same at all points. */
function sameIn(points: readonly (readonly NdArray[])[], elements: number): (element: number) => boolean {
  const [first, ...others] = points
  return (element) =>
    first!.every(({ data }, i) => {
      const width = data.length / elements
      for (let at = element * width; at < (element + 1) * width; at++)
        if (others.some((other) => !isEqual(other[i]!.data[at]!, data[at]!))) return false
      return true
    })
}

/** 0·z is 0 and −0. */
function isEqual(a: number, b: number): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b))
}

/** Values of all continuous latents. */
function pointOf({ conjugate, gaussian }: ContinuousKinds, spread: number, seed: number): Rows {
  const noise = (shape: readonly number[], i: number): Float64Array =>
    random.normal(key(seed * (conjugate.size + gaussian.size) + i), shape, { dtype: 'float64' }).data
  const normal = [...gaussian].map(([name, { lengths, event }], i) => {
    const shape = [...lengths, ...event]
    return [
      name,
      new NdArray(
        noise(shape, i).map((x) => spread * x),
        shape,
      ),
    ]
  })
  const others = [...conjugate].map(([name, { domain, lengths, event }], i) => {
    const shape = [...lengths, ...event]
    const data = noise(shape, gaussian.size + i)
    const size = domain.numbersOf(event)
    for (let at = 0; at < data.length; at += size) {
      const coordinates = data.slice(at, at + size).map((u) => spread * u)
      domain.write(coordinates, 1, data, at)
    }
    return [name, new NdArray(data, shape)]
  })
  return Object.fromEntries([...normal, ...others])
}
