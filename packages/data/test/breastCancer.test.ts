import { createHash } from 'node:crypto'
import { FormatError } from '@variate/core'
import { describe, expect, it } from 'vitest'
import { breastCancer, decodeMasses } from '../src/breastCancer.ts'
import oracle from './oracles/breast-cancer.json' with { type: 'json' } // scripts/breast_cancer.py, scikit-learn 1.9.1

describe('breastCancer', async () => {
  const { measurements, diagnosis } = await breastCancer()

  it("has every number of scikit-learn's copy", () => {
    expect(measurements.shape).toEqual([569, 30])
    const { buffer } = measurements.data
    expect(createHash('sha256').update(new Uint8Array(buffer)).digest('hex')).toBe(oracle.sha256)
  })

  it('names the columns as scikit-learn does', () => {
    const words = measurements.columns.map((name) => name.replaceAll(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`))
    expect(words).toEqual(oracle.names)
    for (const [at, name] of measurements.columns.entries()) {
      const mean = measurements.column(name).reduce((sum, x) => sum + x, 0) / 569
      expect(mean / oracle.means[at]!).toBeCloseTo(1, 10)
    }
  })

  it('tells malignant from benign', () => {
    expect(diagnosis.data.filter((of) => of === 0).length).toBe(oracle.malignant)
    expect([...diagnosis.data.subarray(0, 25)]).toEqual(oracle.firstDiagnoses)
  })

  it('refuses a damaged file', () => {
    expect(() => decodeMasses('1,2,x\n', 'masses')).toThrow(FormatError)
    const line = Array.from({ length: 31 }, () => '1').join(',')
    expect(() => decodeMasses(`${line}\n`, 'masses')).toThrow('masses: expected 569 lines, got 1')
    expect(() => decodeMasses(`${line}\n1,2\n`, 'masses')).toThrow('masses: line 2 is not 31 numbers')
  })
})
