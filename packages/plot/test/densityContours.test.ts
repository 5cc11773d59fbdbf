import { DomainError, ndarray, ShapeError, type NdArray } from '@variate/core'
import { describe, expect, it } from 'vitest'
import { densityContours } from '../src/densityContours.ts'
import { renderSvg } from '../src/renderSvg.ts'
import { coordinates, readSvg } from './readSvg.ts'

const standardNormal = ({ data }: NdArray<Float64Array>) =>
  Float64Array.from({ length: data.length / 2 }, (_, i) => -(data[2 * i]! ** 2 + data[2 * i + 1]! ** 2) / 2)
const square = [
  [-3, -3],
  [3, -3],
  [-3, 3],
  [3, 3],
]
const regions = '[aria-description="regions of highest density"] path'
const points = '[aria-description="points"] circle'

describe('densityContours', () => {
  it('draws one circle a point and one region a level', async () => {
    const x = Array.from({ length: 272 }, (_, i) => [Math.sin(i), Math.cos(2 * i)])
    const { all } = readSvg(await renderSvg(densityContours({ x, logProb: standardNormal })))
    expect(all(points)).toHaveLength(272)
    expect(all(regions)).toHaveLength(5)
  })

  // The standard normal in two dimensions holds p within the radius √(−2 ln(1 − p)): χ² with two degrees.
  it('encloses the share of the probability that it says', async () => {
    for (const level of [0.1, 0.5, 0.9]) {
      const figure = densityContours({ x: square, logProb: standardNormal, levels: [level] })
      const { all } = readSvg(await renderSvg(figure))
      const [left, , , right] = all(points).map((circle) => [
        Number(circle.getAttribute('cx')),
        Number(circle.getAttribute('cy')),
      ])
      const toData = ([px, py]: readonly [number, number]) => [
        -3 + (6 * (px - left![0]!)) / (right![0]! - left![0]!),
        -3 + (6 * (py - left![1]!)) / (right![1]! - left![1]!),
      ]
      const radii = coordinates(all(regions)[0]!).map((pixel) => Math.hypot(...toData(pixel)))
      expect(radii.length).toBeGreaterThan(50)
      const expected = Math.sqrt(-2 * Math.log(1 - level))
      for (const radius of radii) expect(Math.abs(radius - expected)).toBeLessThan(0.02)
    }
  })

  it('does not mind a log density without its constant', async () => {
    const shifted = (grid: NdArray<Float64Array>) => standardNormal(grid).map((value) => value + 1234)
    const svg = await renderSvg(densityContours({ x: square, logProb: shifted }))
    const plain = await renderSvg(densityContours({ x: square, logProb: standardNormal }))
    // The threshold is the density of a cell: rounding may make it that of the next, a hundredth of a pixel off.
    const boxes = (text: string) => readSvg(text).all(regions).map(coordinates).map(boundingBox)
    for (const [i, box] of boxes(svg).entries()) {
      expect(box).toEqual(boxes(plain)[i]!.map((edge) => expect.closeTo(edge, 1)))
    }
  })

  it('colours points by group: numbers by themselves, names in order of appearance', async () => {
    const fills = async (groups: readonly (number | string)[] | NdArray<Int32Array>) => {
      const svg = await renderSvg(densityContours({ x: square, logProb: standardNormal, groups }))
      return readSvg(svg)
        .all(points)
        .map((circle) => circle.getAttribute('fill'))
    }
    const [blue, red, green] = ['#4477aa', '#ee6677', '#228833']
    expect(await fills([0, 0, 1, 1])).toEqual([blue, blue, red, red])
    expect(await fills(ndarray(Int32Array.of(1, 0, 1, 0)))).toEqual([red, blue, red, blue])
    // Component 0 or 1 has no points: the others keep their colours.
    expect(await fills([1, 1, 2, 2])).toEqual([red, red, green, green])
    expect(await fills([2, 2, 0, 0])).toEqual([green, green, blue, blue])
    expect(await fills(['b', 'a', 'a', 'b'])).toEqual([blue, red, red, blue])
  })

  it('writes the names of groups that have names, escaped', async () => {
    const groups = ['<b> & "c"', '<b> & "c"', 'plain', 'plain']
    const svg = await renderSvg(densityContours({ x: square, logProb: standardNormal, groups }))
    expect(svg).toContain('&lt;b&gt; &amp; ')
    expect(readSvg(svg).texts()).toEqual(expect.arrayContaining(['<b> & "c"', 'plain']))
  })

  it('marks means with crosses', async () => {
    const means = [
      [0, 0],
      [1, 1],
    ]
    const { all } = readSvg(await renderSvg(densityContours({ x: square, logProb: standardNormal, means })))
    expect(all('[aria-description="means"] path')).toHaveLength(2)
  })

  it("names the axes by the data's columns, unless told otherwise", async () => {
    const x = Object.assign(ndarray(Float64Array.of(1, 2, 3, 4), [2, 2]), {
      columns: ['eruptions', 'waiting'],
    })
    const texts = async (columns?: readonly string[]) =>
      readSvg(await renderSvg(densityContours({ x, logProb: standardNormal, columns }))).texts()
    expect(await texts()).toEqual(expect.arrayContaining(['eruptions', 'waiting']))
    expect(await texts(['length', 'width'])).toEqual(expect.arrayContaining(['length', 'width']))
  })

  it('draws one point, equal points, and densities that are zero somewhere', async () => {
    const uniform = ({ data }: NdArray<Float64Array>) =>
      Float64Array.from({ length: data.length / 2 }, (_, i) => (Math.abs(data[2 * i]!) < 1 ? 0 : -Infinity))
    expect(
      readSvg(await renderSvg(densityContours({ x: [[0, 0]], logProb: standardNormal }))).all(points),
    ).toHaveLength(1)
    const equal = [
      [5, 5],
      [5, 5],
    ]
    expect(
      readSvg(await renderSvg(densityContours({ x: equal, logProb: standardNormal }))).all(points),
    ).toHaveLength(2)
    expect(
      readSvg(await renderSvg(densityContours({ x: square, logProb: uniform }))).all(regions),
    ).toHaveLength(5)
  })

  it('refuses data of another shape', () => {
    const fails = (options: object, message: string) =>
      expect(() => densityContours({ x: square, logProb: standardNormal, ...options })).toThrow(
        new ShapeError(message),
      )
    fails({ x: [[1, 2, 3]] }, 'densityContours: x must have shape [n, 2], got [1,3]')
    fails({ x: [] }, 'densityContours: x is empty: it needs at least one row')
    fails({ means: [[1]] }, 'densityContours: means must have shape [n, 2], got [1,1]')
    fails({ groups: [1, 2] }, 'densityContours: groups must be one label a point, 4, got 2')
    fails({ columns: ['one'] }, 'densityContours: columns must be two names, got 1')
    fails({ logProb: () => [1, 2, 3] }, 'densityContours: logProb must give 28000 numbers, got 3')
  })

  it('refuses densities that are not numbers and levels that are not shares', () => {
    const fails = (options: object) =>
      expect(() => densityContours({ x: square, logProb: standardNormal, ...options })).toThrow(DomainError)
    fails({ logProb: (grid: NdArray<Float64Array>) => standardNormal(grid).fill(Number.NaN, 7, 8) })
    fails({ logProb: (grid: NdArray<Float64Array>) => standardNormal(grid).fill(Infinity) })
    fails({ logProb: (grid: NdArray<Float64Array>) => standardNormal(grid).fill(-Infinity) })
    fails({ levels: [0.5, 1] })
    fails({ x: [[1, Number.NaN]] })
    fails({ groups: [0, 1, 0.5, 1] })
    fails({ groups: [0, Number.NaN, 0, 1] })
  })
})

function boundingBox(path: readonly (readonly [number, number])[]): number[] {
  const [xs, ys] = [path.map(([x]) => x), path.map(([, y]) => y)]
  return [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
}
