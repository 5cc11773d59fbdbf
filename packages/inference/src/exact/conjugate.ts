import { NumericalError, UnsupportedError, type NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import type { Bound } from '@variate/language/internal'
import type { Component } from './components.ts'
import { blocksOf, type ContinuousKinds } from './conjugateSites.ts'
import { designs } from './design.ts'
import { valuesOf } from './discretePosterior.ts'
import { fixedTermsOf } from './fixedTerms.ts'
import { familyChoice, fitRows, type FittedRows } from './fitRows.ts'
import { groupsOf, rowsFrom, type Group } from './groups.ts'
import { once, probesOf, type ConjugatePart, type Integrated } from './integrated.ts'
import { quadraticNearMeans } from './nearMeans.ts'
import { normalMoments, type NormalMoments } from './normalMoments.ts'
import { pointsOf, type ConjugateGroup, type Scales } from './points.ts'
import { quadraticsOf, totalOf, type Quadratic } from './quadratic.ts'
import { termsAlone } from './termsAlone.ts'
import { unseenIn } from './unseen.ts'
import type { DiscreteSite } from './variables.ts'

type Rows = Readonly<Record<string, NdArray>>

/** How many numbers are computed at a time. */
const AT_A_TIME = 2 ** 21

/**
 * Integrates components that have latents of exponential families: normal latents, given those, as `integralsOf` does. What is
 * left must be c + Σ (η·T + log h) in all points where it is taken, with the statistics T of a family and its base measure h;
 * then its integral is c + Σ A(η), and latents are distributed as members of natural parameters η.
 *
 * @returns a function of what is given, compiled once.
 * @throws UnsupportedError where the log joint is of no such form, or has no integral.
 */
export function conjugatesOf(
  bound: Bound,
  discrete: ReadonlyMap<string, DiscreteSite>,
  { conjugate, gaussian }: ContinuousKinds,
  components: readonly Component[],
  cardinalities: Int32Array,
): (values: Bound['values']) => readonly Integrated[] {
  if (components.length === 0) return () => []
  const sites = [...new Set(components.flatMap(({ terms }) => terms.map(({ site }) => site)))]
  const who = `enumeration: model "${bound.program.name}"`
  const size = totalOf(gaussian)
  const designOf = designs()
  const groups = groupsOf(components, gaussian, cardinalities).map((group): ConjugateGroup => {
    const blocks = group.components.map((component) => blocksOf(conjugate, component))
    const own = blocks.map(designOf)
    return {
      ...group,
      blocks,
      designs: own,
      stride: own.reduce((most, { count }) => Math.max(most, count), 1),
    }
  })
  const places = groups.flatMap((group) => group.places)
  const hasNormal = places.some((own) => own.length > 0)
  const probes = probesOf(places, size)
  const take = hasNormal ? quadraticsOf(bound, gaussian, sites, probes) : termsAlone(bound, gaussian, sites)
  const families = familyChoice()
  const elements = sites.reduce((sum, { plates }) => sum + sizeOf(plates.map((p) => bound.sizes.get(p)!)), 0)
  const perPoint = Math.max(1, elements, hasNormal ? probes.data.length : 0)
  const fixedTerms = fixedTermsOf(bound, { conjugate, gaussian }, sites)
  let isChecked = false
  return (values) => {
    const nearMeans = (group: Pick<Group, 'components' | 'places'>, rows: Rows): Quadratic => {
      const at = (points?: Float64Array): Quadratic => take(values, rows, points)
      const count = Object.values(rows)[0]!.shape[0]!
      return hasNormal ? quadraticNearMeans(at, group, count, gaussian, who, isChecked) : at()
    }
    const whole = {
      components: groups.flatMap((group) => group.components),
      places: groups.flatMap((group) => group.places),
    }
    const given = (rows: Rows): Quadratic => nearMeans(whole, rows)
    const rowsAtATime = Math.max(1, Math.floor(AT_A_TIME / perPoint))
    const integrated = groups.flatMap((group) => {
      const chunk = Math.min(group.rows, Math.max(1, Math.floor(AT_A_TIME / (group.stride * perPoint))))
      const fitted: (readonly Reduced[])[] = []
      const unseen = group.components.map((): number[] => [])
      for (let from = 0; from < group.rows; from += chunk) {
        const rows = { group, from, count: chunk }
        let logs: Quadratic['logs'] = {}
        const all = fitNear(group, chunk, (scales) => {
          const points = pointsOf(rows, discrete, conjugate, cardinalities, scales)
          const quadratic = nearMeans(group, points.values)
          logs = quadratic.logs
          return fitRows(rows, points, quadratic, families, who)
        })
        const isFixed = once(() => {
          const numbers = rowsFrom(group, cardinalities, from, chunk)
          return fixedTerms(values, valuesOf(discrete, numbers, [chunk]))
        })
        for (const [i, component] of group.components.entries())
          for (const row of unseenIn(component, all[i]!.logIntegrals, logs, group.stride, isFixed))
            unseen[i]!.push(from + row)
        fitted.push(all.map((own, i) => reduced(group, own, i, who)))
      }
      return group.components.map((component, i) => {
        const own = fitted.map((all) => all[i]!)
        return integratedOf(group, component, i, own, unseen[i]!, { given, rowsAtATime })
      })
    })
    isChecked = true
    return integrated
  }
}

/** How often points are taken again where the posterior is, and how far they must be from it: a factor of 20. */
const [MOVES, FAR] = [3, Math.log(20)]

/** Fits at points that are near the posterior: where the first are not, others are taken. */
function fitNear(
  { blocks }: ConjugateGroup,
  count: number,
  fit: (scales: Scales) => readonly FittedRows[],
): readonly FittedRows[] {
  let scales: Scales = blocks.map((own) => own.map(() => new Float64Array(count).fill(1)))
  for (let moves = 0; ; moves++) {
    const fitted = fit(scales)
    if (moves === MOVES) return fitted
    let hasMoved = false
    const moved = fitted.map((own, i) =>
      own.blocks.map(({ block, programs, natural }, k) => {
        const { family, count: statistics } = programs
        return scales[i]![k]!.map((before, row) => {
          const eta = natural.subarray(row * statistics, (row + 1) * statistics)
          if (!block.site.domain.isScaled || row >= own.taken.rows || !family.isProper(eta)) return before
          const scale = family.scale(eta)
          if (!(Math.abs(Math.log(scale / before)) > FAR) || !Number.isFinite(scale)) return before
          hasMoved = true
          return scale
        })
      }),
    )
    if (!hasMoved) return fitted
    scales = moved
  }
}

/** What is kept of a component in some rows. */
interface Reduced extends Pick<FittedRows, 'logIntegrals' | 'blocks'> {
  readonly moments: NormalMoments
}

/** @throws UnsupportedError where there is no integral. */
function reduced(group: ConjugateGroup, fitted: FittedRows, i: number, who: string): Reduced {
  const { logIntegrals, blocks } = fitted
  checkIntegrals(fitted, who)
  const moments = normalMoments(group.designs[i]!, fitted, group.places[i]!.length, who)
  return { logIntegrals, blocks: blocks.map((own) => ({ ...own, points: new Float64Array(0) })), moments }
}

/** One component in all of its rows. */
function integratedOf(
  { blocks, places }: ConjugateGroup,
  component: Component,
  i: number,
  own: readonly Reduced[],
  unseen: readonly number[],
  { given, rowsAtATime }: Pick<ConjugatePart, 'given' | 'rowsAtATime'>,
): Integrated {
  return {
    component,
    places: places[i]!,
    parts: [],
    unseen,
    factor: { variables: component.discrete, table: joined(own.map(({ logIntegrals }) => logIntegrals)) },
    conjugate: {
      blocks: blocks[i]!.map((block, k) => ({
        block,
        programs: own[0]!.blocks[k]!.programs,
        natural: joined(own.map((part) => part.blocks[k]!.natural)),
      })),
      mean: joined(own.map(({ moments }) => moments.mean)),
      variance: joined(own.map(({ moments }) => moments.variance)),
      given,
      rowsAtATime,
    },
  }
}

/** @throws UnsupportedError for a row of a density that cannot be normalised. */
function checkIntegrals({ logIntegrals, blocks }: FittedRows, who: string): void {
  const row = logIntegrals.findIndex((log) => !(log < Infinity))
  if (row < 0) return
  if (Number.isNaN(logIntegrals[row]!)) throw new NumericalError(`${who}: the log joint is NaN`)
  const improper = blocks.find(
    ({ programs: { family, count }, natural }) =>
      !family.isProper(natural.subarray(row * count, (row + 1) * count)),
  )!
  throw new UnsupportedError(
    `${who}: the density of "${improper.block.site.site.name}" given the data has no integral: give it a proper prior`,
  )
}

function joined(parts: readonly Float64Array[]): Float64Array {
  if (parts.length === 1) return parts[0]!
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
