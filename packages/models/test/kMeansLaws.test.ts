import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { key } from '@variate/core'
import { kMeans, type KMeansInfo, type KMeansMethod } from '@variate/models'
import { problems, type Problem } from './kMeansProblems.ts'

const METHODS: readonly KMeansMethod[] = ['elkan', 'hamerly', 'lloyd']

/** Centres and info of every step, until nothing moves. */
function trace({ x, weights, init }: Problem, method: KMeansMethod) {
  const algorithm = kMeans({ clusters: init.length, method }).algorithm(x, {
    init,
    ...(weights && { weights }),
  })
  let state = algorithm.init(key(0))
  const steps: { centers: number[]; info: KMeansInfo }[] = []
  for (let info: KMeansInfo | undefined; info?.shift !== 0 && steps.length < 300;) {
    ;[state, info] = algorithm.step(key(0), state)
    steps.push({ centers: [...state.centers], info })
  }
  return steps
}

const fitOf = ({ x, weights, init }: Problem, method: KMeansMethod = 'hamerly') =>
  kMeans({ clusters: init.length, method }).fit(x, { init, tolerance: 0, ...(weights && { weights }) })

const squared = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, axis) => sum + (value - b[axis]!) ** 2, 0)

/** Σ w·|x − c|² by its definition, each point with its nearest centre. */
const inertiaOf = ({ x, weights }: Problem, centers: number[][]) =>
  x.reduce((sum, row, i) => sum + (weights?.[i] ?? 1) * Math.min(...centers.map((c) => squared(row, c))), 0)

const rowsOf = (flat: readonly number[], d: number) =>
  Array.from({ length: flat.length / d }, (_, k) => flat.slice(k * d, (k + 1) * d))

describe('k-means, on random problems with ties, duplicates, empty clusters and weights of 0', () => {
  test.each(['elkan', 'hamerly'] as const)('every step of %s is that of Lloyd, bit by bit', (method) => {
    fc.assert(
      fc.property(problems(), (problem) => {
        expect(trace(problem, method)).toEqual(trace(problem, 'lloyd'))
      }),
      { numRuns: 500 },
    )
  })

  test('every method ends with the same centres, labels, counts and inertia', () =>
    fc.assert(
      fc.asyncProperty(problems(), async (problem) => {
        const [first, ...others] = await Promise.all(METHODS.map((method) => fitOf(problem, method)))
        for (const other of others) {
          for (const member of ['centers', 'labels', 'counts', 'inertia', 'iterations'] as const) {
            expect(other[member]).toEqual(first![member])
          }
        }
      }),
      { numRuns: 100 },
    ))

  test('without a tolerance it runs until nothing moves, and soon gets there', () => {
    fc.assert(
      fc.property(problems(), (problem) => {
        const steps = trace(problem, 'hamerly')
        expect(steps.at(-1)!.info.shift).toBe(0)
        expect(steps.length).toBeLessThan(100)
      }),
      { numRuns: 500 },
    )
  })

  test('the inertia is that of the definition, and never rises', () => {
    fc.assert(
      fc.property(problems(), (problem) => {
        const steps = trace(problem, 'hamerly')
        const d = problem.x[0]!.length
        // Rounding, relative to the inertia of one cluster.
        const mean = problem.x[0]!.map(
          (_, a) => problem.x.reduce((sum, row) => sum + row[a]!, 0) / problem.x.length,
        )
        const noise = 1e-13 * (1 + 3 * inertiaOf({ ...problem, weights: undefined }, [mean]))
        let centers = problem.init
        let before = Infinity
        for (const step of steps) {
          const definition = inertiaOf(problem, centers)
          // Centres far outside of the data add to the noise what they add to the inertia.
          expect(Math.abs(step.info.inertia - definition)).toBeLessThanOrEqual(noise + 1e-13 * definition)
          expect(step.info.inertia).toBeLessThanOrEqual(before + noise)
          before = step.info.inertia
          centers = rowsOf(step.centers, d)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('at the end each centre is the mean of its points, and each point is with its nearest centre', () =>
    fc.assert(
      fc.asyncProperty(problems(), async (problem) => {
        const fit = await fitOf(problem)
        const centers = fit.centers.toNested() as number[][]
        const labels = fit.labels.toNested() as number[]
        expect(fit.predict(problem.x).toNested()).toEqual(labels)
        problem.x.forEach((row, i) => {
          const distances = centers.map((center) => squared(row, center))
          expect(distances[labels[i]!]).toBeLessThanOrEqual(Math.min(...distances) * (1 + 1e-12))
        })
        for (const [k, center] of centers.entries()) {
          const weight = labels.map((label, i) => (label === k ? (problem.weights?.[i] ?? 1) : 0))
          const total = weight.reduce((sum, w) => sum + w, 0)
          expect(fit.counts.at(k)).toBe(total)
          if (total === 0) continue
          center.forEach((value, a) => {
            const mean = problem.x.reduce((sum, row, i) => sum + weight[i]! * row[a]!, 0) / total
            expect(Math.abs(value - mean)).toBeLessThan(1e-12)
          })
        }
      }),
      { numRuns: 200 },
    ))

  test('a cluster stays empty only where every point has a centre on its place', () =>
    fc.assert(
      fc.asyncProperty(problems(), async (problem) => {
        const fit = await fitOf(problem)
        if (!fit.counts.data.includes(0)) return
        expect(fit.inertia).toBe(0)
      }),
      { numRuns: 300 },
    ))

  test('as many clusters as points, all different, cost nothing', () =>
    fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 9 }),
        async (values) => {
          const x = values.map((value) => [value])
          const fit = await kMeans({ clusters: x.length }).fit(x, { restarts: 1, tolerance: 0 })
          expect(fit.inertia).toBe(0)
          expect(fit.centers.toNested()).toEqual(x.toSorted((a, b) => a[0]! - b[0]!))
        },
      ),
      { numRuns: 50 },
    ))

  test('the order of the rows and of the initial centres does not matter', () =>
    fc.assert(
      fc.asyncProperty(
        problems(['grid']).chain((problem) =>
          fc.record({
            problem: fc.constant(problem),
            rows: shuffled(problem.x.length),
            starts: shuffled(problem.init.length),
          }),
        ),
        async ({ problem, rows, starts }) => {
          const fit = await fitOf(problem)
          const moved = await fitOf({
            x: rows.map((i) => problem.x[i]!),
            weights: problem.weights && rows.map((i) => problem.weights![i]!),
            init: starts.map((k) => problem.init[k]!),
          })
          expect(moved.labels.toNested()).toEqual(rows.map((i) => fit.labels.at(i)))
          expect(moved.centers).toEqual(fit.centers)
          expect(moved.iterations).toBe(fit.iterations)
        },
      ),
      { numRuns: 200 },
    ))

  test('a point of weight w is w points at one place', () =>
    fc.assert(
      fc.asyncProperty(problems(['grid']), async (problem) => {
        const weights = problem.weights ?? problem.x.map((_, i) => 1 + (i % 3))
        const weighted = await fitOf({ ...problem, weights })
        const repeated = await fitOf({
          x: problem.x.flatMap((row, i) => Array<number[]>(weights[i]!).fill(row)),
          weights: undefined,
          init: problem.init,
        })
        expect(repeated.centers).toEqual(weighted.centers)
        expect(repeated.counts).toEqual(weighted.counts)
        expect(repeated.iterations).toBe(weighted.iterations)
        expect(Math.abs(repeated.inertia - weighted.inertia)).toBeLessThanOrEqual(1e-12 * weighted.inertia)
      }),
      { numRuns: 200 },
    ))

  test('the centres are in canonical order', async () => {
    await fc.assert(
      fc.asyncProperty(problems(), async (problem) => {
        const centers = (await fitOf(problem)).centers.toNested() as number[][]
        const sorted = centers.toSorted((a, b) => {
          const differing = a.findIndex((value, axis) => value !== b[axis])
          return differing < 0 ? 0 : a[differing]! - b[differing]!
        })
        expect(centers).toEqual(sorted)
      }),
      { numRuns: 100 },
    )
  })

  test('the same seed gives the same fit, whatever the scale of the data', () =>
    fc.assert(
      fc.asyncProperty(
        problems(['anywhere']),
        fc.constantFrom(2 ** -200, 2 ** -70, 2 ** 70, 2 ** 200),
        fc.nat(1000),
        async ({ x, weights, init }, scale, seed) => {
          const options = { seed, restarts: 2, tolerance: 0, ...(weights && { weights }) }
          const model = kMeans({ clusters: init.length })
          const fit = await model.fit(x, options)
          const again = await model.fit(x, options)
          expect(JSON.stringify(again)).toBe(JSON.stringify(fit))
          // Powers of two leave every digit as it is.
          const coarse = x.map((row) => row.map((value) => Math.fround(value) * scale))
          const scaled = await model.fit(coarse, options)
          const unscaled = await model.fit(
            coarse.map((row) => row.map((value) => value / scale)),
            options,
          )
          expect(scaled.labels).toEqual(unscaled.labels)
          expect([...scaled.centers.data].map((value) => value / scale)).toEqual([...unscaled.centers.data])
        },
      ),
      { numRuns: 100 },
    ))
})

const shuffled = (length: number): fc.Arbitrary<number[]> => {
  const indices = Array.from({ length }, (_, i) => i)
  return fc.shuffledSubarray(indices, { minLength: length, maxLength: length })
}
