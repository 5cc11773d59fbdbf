import fc from 'fast-check'

/** Points to cluster, and where to start. */
export interface Problem {
  readonly x: number[][]
  readonly weights: number[] | undefined
  readonly init: number[][]
}

/** Whole numbers of a few sizes: duplicates and ties abound, and sums are exact. */
const onGrid = (d: number): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: -3, max: 3 }), { minLength: d, maxLength: d })

const onPlaces = (d: number): fc.Arbitrary<number[]> =>
  fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: d, maxLength: d })

const onLine = (d: number): fc.Arbitrary<number[]> =>
  fc.integer({ min: -8, max: 8 }).map((t) => Array.from({ length: d }, (_, a) => 0.1 * t * (a + 1)))

const layouts: Record<'grid' | 'line' | 'anywhere', (d: number) => fc.Arbitrary<number[]>> = {
  grid: onGrid,
  line: onLine,
  anywhere: onPlaces,
}

/**
 * Problems of every kind that is hard for k-means: ties, duplicates, fewer places than clusters, as many
 * clusters as points, points of no weight, centres that no point is near to.
 */
export function problems(
  kinds: readonly (keyof typeof layouts)[] = ['grid', 'line', 'anywhere'],
): fc.Arbitrary<Problem> {
  const size = fc.record({
    kind: fc.constantFrom(...kinds),
    // Distances over more than 32 columns are summed in another way.
    d: fc.constantFrom(1, 2, 3, 7, 37),
    n: fc.integer({ min: 1, max: 40 }),
  })
  return size.chain(({ kind, d, n }) => {
    const point = layouts[kind](d)
    return fc.integer({ min: 1, max: Math.min(n, 9) }).chain((clusters) => {
      // At least as many points as clusters must count.
      const weights = fc
        .array(fc.integer({ min: 0, max: 3 }), { minLength: n, maxLength: n })
        .map((values) => values.map((value, i) => (i < clusters ? value + 1 : value)))
      return fc.record({
        x: fc.array(point, { minLength: n, maxLength: n }),
        weights: fc.option(weights, { nil: undefined }),
        init: fc.array(fc.oneof(point, onGrid(d)), { minLength: clusters, maxLength: clusters }),
      })
    })
  })
}
