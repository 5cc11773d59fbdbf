import { NdArray, random } from '@variate/core'
import type { Initializer } from './initializers.ts'

/**
 * Orthonormal rows, or columns where there are more rows than columns: any rotation is as likely as any other. Saxe, McClelland and
 * Ganguli 2014, “Exact solutions to the nonlinear dynamics of learning in deep linear neural networks”.
 */
export const orthogonal: Initializer = (key, outputs, inputs, area = 1) => {
  const columns = area * inputs
  const [few, many] = [Math.min(outputs, columns), Math.max(outputs, columns)]
  const { data } = random.normal(key, [few, many], { dtype: 'float64' })
  const rows = Array.from({ length: few }, (_, i) => data.slice(i * many, (i + 1) * many))
  for (const [i, row] of rows.entries()) {
    // Twice is enough for orthogonality to rounding: Giraud and Langou 2002.
    for (const other of [...rows.slice(0, i), ...rows.slice(0, i)]) takeOff(row, other, dot(row, other))
    const length = Math.sqrt(dot(row, row))
    for (let j = 0; j < many; j++) row[j]! /= length
  }
  const weights = Float32Array.from({ length: few * many }, (_, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns]
    return outputs <= columns ? rows[row]![column]! : rows[column]![row]!
  })
  return new NdArray(weights, [outputs, columns])
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, x, i) => sum + x * b[i]!, 0)
}

function takeOff(row: Float64Array, other: Float64Array, times: number): void {
  for (let j = 0; j < row.length; j++) row[j]! -= times * other[j]!
}
