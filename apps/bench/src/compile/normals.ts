import type { Tensor } from '@tensorflow/tfjs-core'
import { key } from '@variate/core'
import { drawNormal } from '@variate/core/ops'
import { compile } from '@variate/compile'
import { maker } from './numbers.ts'
import { dataOf, drop } from './results.ts'
import type { Task } from './task.ts'

/** Arrays of float32 draws from keys that are arguments. */
export function normals(count: number): Task {
  const draw = compile((k: Tensor) => drawNormal(k, [count]))
  let seed = 0
  const next = () => draw(Int32Array.from(key(seed++)))
  return {
    inputs: { count: maker('float64').of([count], 1) },
    run: (arrays) => {
      for (let i = 0; i < arrays; i++) drop(next())
    },
    values: () => {
      const data = dataOf(next())
      const mean = data.reduce((total, x) => total + x, 0) / count
      return [mean, Math.sqrt(data.reduce((total, x) => total + (x - mean) ** 2, 0) / count)]
    },
    called: () => draw.explain().called,
  }
}
