import { DomainError, ndarray } from '@variate/core'
import { describe, expect, it } from 'vitest'
import { renderSvg } from '../src/renderSvg.ts'
import { trace, type TraceOptions } from '../src/trace.ts'
import { coordinates, readSvg } from './readSvg.ts'

const label = 'log-likelihood (nats)'
const lines = '[aria-description="trace"] path'
const ends = '[aria-description="last value"] circle'
const draw = async (options: Omit<TraceOptions, 'label'>) =>
  readSvg(await renderSvg(trace({ label, ...options })))

describe('trace', () => {
  it('draws a line through every value and marks the last', async () => {
    const { all, texts } = await draw({ series: [-1290, -1250, -1130.2639] })
    const path = coordinates(all(lines)[0]!)
    expect(path).toHaveLength(3)
    const [first, middle, last] = path
    expect(middle![0] - first![0]).toBeCloseTo(last![0] - middle![0], 1)
    expect((first![1] - middle![1]) / (first![1] - last![1])).toBeCloseTo(40 / (1290 - 1130.2639), 2)
    expect(Number(all(ends)[0]!.getAttribute('cx'))).toBeCloseTo(last![0], 1)
    expect(texts()).toEqual(expect.arrayContaining([label, 'iteration', '−1,130.26']))
  })

  it('takes typed arrays and NdArrays like arrays', async () => {
    const svg = (series: TraceOptions['series']) => renderSvg(trace({ series, label }))
    const plain = await svg([1, 2, 3])
    expect(await svg(Float64Array.of(1, 2, 3))).toBe(plain)
    expect(await svg(ndarray(Float64Array.of(1, 2, 3)))).toBe(plain)
  })

  it('names several series at their ends, apart from each other', async () => {
    const { all, texts } = await draw({ series: { one: [1, 5, 9], 'two & <3>': [2, 6, 9.01], short: [4] } })
    expect(all(lines)).toHaveLength(3)
    expect(texts()).toEqual(expect.arrayContaining(['one 9.00', 'two & <3> 9.01', 'short 4.00']))
    const heights = all('[aria-description="last value"] text').map((text) => {
      return Number(/,([\d.]+)\)/.exec(text.getAttribute('transform')!)![1])
    })
    expect(Math.abs(heights[0]! - heights[1]!)).toBeGreaterThanOrEqual(15.9)
  })

  it('draws a single value, equal values, and zeros', async () => {
    for (const series of [[-1130.26], [5, 5, 5], [0], [0, 0]])
      expect((await draw({ series })).all(ends)).toHaveLength(1)
  })

  it('leaves a gap where a value is not finite, and marks the last that is', async () => {
    const { all, texts } = await draw({ series: [1, 2, Number.NaN, 3, 4, -Infinity] })
    expect(all(lines)[0]!.getAttribute('d')!.match(/M/g)).toHaveLength(2)
    expect(texts()).toContain('4.00')
  })

  it('counts whole iterations from where it is told', async () => {
    const { texts } = await draw({ series: [1, 2, 3], start: 100, step: 'epoch' })
    expect(texts()).toEqual(expect.arrayContaining(['100', '101', '102', 'epoch']))
  })

  it('draws ten thousand iterations', async () => {
    const { texts } = await draw({ series: Array.from({ length: 10_000 }, (_, i) => -1e6 / (i + 1)) })
    expect(texts()).toEqual(expect.arrayContaining(['2,000', '10,000', '−1,000,000', '−100.00']))
  })

  it('numbers iterations as far apart as a narrow figure needs', async () => {
    const series = Array.from({ length: 1400 }, (_, i) => i)
    const numbers = async (width: number) =>
      (await draw({ series, width })).all('[aria-label="x-axis tick label"] text').map((text) => ({
        text: text.textContent!,
        x: Number(/\(([\d.]+),/.exec(text.getAttribute('transform')!)![1]),
      }))
    expect((await numbers(640)).map(({ text }) => text)).toEqual([
      '200',
      '400',
      '600',
      '800',
      '1,000',
      '1,200',
      '1,400',
    ])
    const narrow = await numbers(400)
    expect(narrow.map(({ text }) => text)).toEqual(['500', '1,000'])
    expect(narrow[1]!.x - narrow[0]!.x).toBeGreaterThan(7 * 5)
  })

  it('refuses no series, and series without a finite value', () => {
    expect(() => trace({ series: {}, label })).toThrow(new DomainError('trace: there is no series'))
    expect(() => trace({ series: [], label })).toThrow(DomainError)
    expect(() => trace({ series: { a: [1], b: [Number.NaN] }, label })).toThrow(
      'trace: series "b" needs at least one finite value, got 1 that are not',
    )
  })
})
