import { sizeOf, type Description, type Table } from '../description.ts'
import { bruteForce } from '../plain/bruteForce.ts'
import { found } from './checkPosterior.ts'
import { close } from './close.ts'

const STEP = 1e-3

/** The derivative of the log evidence along one direction of all parameters together, by differences of both. */
export async function checkEvidenceGradient(description: Description): Promise<boolean> {
  const params = description.sites.filter(({ kind }) => kind === 'param')
  if (params.length === 0) return false
  const at = (step: number): Description => ({
    ...description,
    data: {
      ...description.data,
      ...Object.fromEntries(
        params.map((site) => {
          const { domain, event } = site as typeof site & { domain: string; event: readonly number[] }
          const table = description.data[site.name]!
          return [site.name, domain === 'simplex' ? tilted(table, step, sizeOf(event)) : shifted(table, step)]
        }),
      ),
    },
  })
  const own: number[] = []
  const known: number[] = []
  for (const step of [STEP, -STEP]) {
    own.push((await found(at(step))).logEvidence)
    known.push(bruteForce(at(step)).logEvidence)
  }
  close('log evidence beside', own, known, 1e-9)
  const slope = ([after, before]: readonly number[]): number => (after! - before!) / (2 * STEP)
  close('gradient of the log evidence', [slope(own)], [slope(known)], 1e-7)
  return true
}

/** Each number by another share of the step. */
function shifted({ shape, numbers }: Table, step: number): Table {
  return { shape, numbers: numbers.map((x, i) => x! + step * Math.cos(i)) }
}

/** From the first of some categories to the last: they remain a distribution. */
function tilted({ shape, numbers }: Table, step: number, categories: number): Table {
  const share = (i: number): number => (i % categories === 0 ? -step : (i + 1) % categories === 0 ? step : 0)
  return { shape, numbers: numbers.map((x, i) => x! + share(i)) }
}
