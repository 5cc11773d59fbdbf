import { describe, expect, test } from 'vitest'
import { key, ndarray, random } from '@variate/core'
import { kMeans, type KMeansProgress } from '@variate/models'

const x = [[0], [1], [10], [11]]
const cloud = random.normal(key(2), [3000, 2], { dtype: 'float64' })

describe('kMeans', () => {
  test('finds two clumps', async () => {
    const fit = await kMeans({ clusters: 2 }).fit(x)
    expect(fit.centers.toNested()).toEqual([[0.5], [10.5]])
    expect(fit.labels.toNested()).toEqual([0, 0, 1, 1])
    expect(fit.counts.toNested()).toEqual([2, 2])
    expect(fit.inertia).toBe(1)
    expect(fit.termination).toEqual({ kind: 'converged' })
    expect(fit.restarts).toHaveLength(10)
    expect(fit.restarts.every(({ score }) => score <= -fit.inertia)).toBe(true)
    expect(fit.iterations).toBe(fit.history.length)
  })

  test.each([0.1, 1 / 3, 1e-30, 1e15 + 0.125])(
    'points that all equal %s have inertia 0 and one place',
    async (value) => {
      const fit = await kMeans({ clusters: 3 }).fit(
        Array.from({ length: 7 }, () => [value, -value]),
        {
          tolerance: 0,
        },
      )
      expect(fit.inertia).toBe(0)
      expect(fit.centers.toNested()).toEqual(Array.from({ length: 3 }, () => [value, -value]))
      expect(fit.labels.toNested()).toEqual(Array(7).fill(0))
      expect(fit.termination).toEqual({ kind: 'converged' })
    },
  )

  test('one cluster is the weighted mean', async () => {
    const fit = await kMeans({ clusters: 1 }).fit(x, { weights: [1, 0, 0, 3] })
    expect(fit.centers.toNested()).toEqual([[8.25]])
    expect(fit.inertia).toBe(90.75)
  })

  test('keeps its digits far from the origin', async () => {
    const fit = await kMeans({ clusters: 2 }).fit(x.map(([value]) => [value! + 2 ** 40]))
    expect(fit.centers.toNested()).toEqual([[2 ** 40 + 0.5], [2 ** 40 + 10.5]])
    expect(fit.inertia).toBe(1)
  })

  test('a point halfway goes to the centre that comes first', async () => {
    const fit = await kMeans({ clusters: 2 }).fit([[2], [0]], { init: [[2], [0]] })
    expect(fit.predict([[1]]).toNested()).toEqual([0])
  })

  test('a centre that no point is nearest to moves to the point farthest from all others', async () => {
    const { init, step } = kMeans({ clusters: 3 }).algorithm([[0], [1], [4], [20], [21]], {
      init: [[0], [20], [1000]],
    })
    const [state] = step(key(0), init(key(0)))
    // Means 5/3 and 20.5; the points are 5/3, 2/3, 7/3, 1/2 and 1/2 away from these.
    expect([...state.centers]).toEqual([expect.closeTo(5 / 3, 14), 20.5, 4])
  })

  test('reads any array of numbers, and leaves it as it was', async () => {
    const data = Float32Array.from([0, 1, 10, 11])
    const fit = await kMeans({ clusters: 2 }).fit(ndarray(data, [4, 1]))
    expect(fit.inertia).toBe(1)
    expect([...data]).toEqual([0, 1, 10, 11])
  })

  test('says how it goes, and stops where it is told to', async () => {
    const told: KMeansProgress[] = []
    const fit = await kMeans({ clusters: 4 }).fit(cloud, {
      restarts: 3,
      maxIterations: 5,
      tolerance: 0,
      onProgress: (progress) => told.push(progress),
    })
    expect(fit.termination).toEqual({ kind: 'limit' })
    expect(told.map(({ restart, iteration }) => [restart, iteration])).toEqual(
      [0, 1, 2].flatMap((restart) => [1, 2, 3, 4, 5].map((iteration) => [restart, iteration])),
    )
    expect(told[0]).toMatchObject({ restarts: 3, maxIterations: 5 })
    expect(fit.history).toEqual(
      expect.arrayContaining([expect.objectContaining({ inertia: expect.any(Number) })]),
    )
  })

  test('restarts are never worse than the first run alone', async () => {
    const model = kMeans({ clusters: 8 })
    const one = await model.fit(cloud, { restarts: 1, seed: 4 })
    const many = await model.fit(cloud, { restarts: 6, seed: 4 })
    expect(many.inertia).toBeLessThanOrEqual(one.inertia)
    expect(many.inertia).toBe(-Math.max(...many.restarts.map(({ score }) => score)))
    expect(many.restarts[0]).toEqual(one.restarts[0])
  })

  test('a tolerance ends a run sooner', async () => {
    const init = (cloud.toNested() as number[][]).slice(0, 6)
    const rough = await kMeans({ clusters: 6 }).fit(cloud, { init, tolerance: 0.05 })
    const fine = await kMeans({ clusters: 6 }).fit(cloud, { init, tolerance: 0 })
    expect(rough.iterations).toBeLessThan(fine.iterations)
    expect(rough.inertia).toBeGreaterThan(fine.inertia)
    expect(fine.history.at(-1)!.shift).toBe(0)
    // Rough or not, the labels and the inertia are those of the centres that are handed out.
    expect(rough.predict(cloud)).toEqual(rough.labels)
    expect(-rough.score(cloud)).toBeCloseTo(rough.inertia, 8)
  })

  test('an abort before it begins throws the reason', async () => {
    const signal = AbortSignal.abort(new Error('not now'))
    await expect(kMeans({ clusters: 2 }).fit(x, { signal })).rejects.toThrow('not now')
  })

  test('an abort on the way gives the best so far, or throws the reason if that is asked for', async () => {
    const fitUntil = (onAbort: 'return' | 'throw') => {
      const abort = new AbortController()
      const onProgress = ({ restart, iteration }: KMeansProgress) => {
        if (restart === 1 && iteration === 2) abort.abort(new Error('enough'))
      }
      return kMeans({ clusters: 6 }).fit(cloud, { tolerance: 0, signal: abort.signal, onProgress, onAbort })
    }
    const fit = await fitUntil('return')
    expect(fit.restarts).toHaveLength(2)
    expect(fit.restarts[1]!.termination).toEqual({ kind: 'aborted', step: 2 })
    expect(fit.predict(cloud)).toEqual(fit.labels)
    await expect(fitUntil('throw')).rejects.toThrow('enough')
  })

  test('JSON brings back all but the labels', async () => {
    const model = kMeans({ clusters: 3 })
    const fit = await model.fit(cloud, { restarts: 2 })
    const again = model.fromJSON(JSON.parse(JSON.stringify(fit)))
    expect(again.centers).toEqual(fit.centers)
    expect(again.counts).toEqual(fit.counts)
    expect(again.history).toEqual(fit.history)
    expect(again.predict(cloud)).toEqual(fit.labels)
    expect(again.summary()).toBe(fit.summary())
    expect(JSON.stringify(again)).toBe(JSON.stringify(fit))
  })

  test('the summary is a table of the clusters', async () => {
    const fit = await kMeans({ clusters: 2 }).fit(x, { restarts: 1 })
    expect(fit.summary().split('\n')).toEqual([
      'k-means, 2 clusters, 1 column',
      `inertia 1.00000 · converged after ${fit.iterations} iterations`,
      '',
      'cluster  n  center x0',
      '─────────────────────',
      '0        2    0.50000',
      '1        2     10.500',
    ])
  })
})
