import { describe, expect, it } from 'vitest'
import { iris } from '../src/iris.ts'
import { readCsv } from './readCsv.ts'

describe('iris', () => {
  const { measurements, species, speciesNames } = iris()
  const oracle = readCsv('iris.csv') // scripts/iris_oracle.py, scikit-learn 1.9.1

  it("has the 150 rows of scikit-learn's copy, which since 0.20 is R's", () => {
    expect(measurements.shape).toEqual([150, 4])
    expect(measurements.toNested()).toEqual(oracle.map((row) => row.slice(0, 4).map(Number)))
  })

  it('names the species of every flower', () => {
    expect(Array.from(species.data, (index) => speciesNames[index])).toEqual(oracle.map((row) => row[4]))
  })

  // R: iris[c(35, 38), 1:4]
  it('follows R and Fisher, not the UCI repository, in flowers 35 and 38', () => {
    const rows = measurements.toNested() as number[][]
    expect(rows[34]).toEqual([4.9, 3.1, 1.5, 0.2])
    expect(rows[37]).toEqual([4.9, 3.6, 1.4, 0.1])
  })

  it('is a fresh copy each call', () => {
    iris().measurements.data.fill(0)
    iris().species.data.fill(9)
    expect(iris().measurements.at(0, 0)).toBe(5.1)
    expect(iris().species.at(149)).toBe(2)
  })
})
