import { key, random } from '@variate/core'
import { mnist, oldFaithful } from '@variate/data'
import { gaussianMixture, kMeans, type Covariance } from '@variate/models'

/** What the packages give, as plain data: in Node and in the browser it must be the same. */
export interface Probe {
  /** Log-likelihood after each of five EM steps from a k-means start, by covariance form, K = 3. */
  readonly logLikelihoods: Readonly<Record<Covariance, readonly number[]>>
  readonly inertia: number
  readonly bits: readonly number[]
  /** float64, too. */
  readonly uniforms: readonly number[]
  readonly normals32: readonly number[]
  readonly normals64: readonly number[]
  readonly categories: readonly number[]
  readonly permutation: readonly number[]
  /** SHA-256 of the images of each digit, byte by byte. */
  readonly digits: readonly string[]
}

export async function probe(): Promise<Probe> {
  const x = oldFaithful()
  return {
    logLikelihoods: {
      full: fiveSteps('full'),
      tied: fiveSteps('tied'),
      diagonal: fiveSteps('diagonal'),
      spherical: fiveSteps('spherical'),
    },
    inertia: (await kMeans({ clusters: 3 }).fit(x)).inertia,
    bits: [...random.bits(key(7), [1000]).data],
    uniforms: [
      ...random.uniform(key(7), [1000]).data,
      ...random.uniform(key(7), [1000], { dtype: 'float64' }).data,
    ],
    normals32: [...random.normal(key(7), [1000]).data],
    normals64: [...random.normal(key(7), [1000], { dtype: 'float64' }).data],
    categories: [...random.categorical(key(7), [1000], { probs: [0.1, 0.2, 0.7] }).data],
    permutation: [...random.permutation(key(7), 1000).data],
    digits: await digestsByDigit(),
  }
}

function fiveSteps(covariance: Covariance): number[] {
  const algorithm = gaussianMixture({ components: 3, covariance }).algorithm(oldFaithful())
  let state = algorithm.init(key(0))
  return Array.from({ length: 5 }, (_, i) => {
    ;[state] = algorithm.step(key(i), state)
    return state.logLikelihood
  })
}

async function digestsByDigit(): Promise<string[]> {
  const { images, labels } = await mnist()
  const digits = Array.from({ length: 10 }, (_, digit) => digit)
  return Promise.all(
    digits.map((digit) => {
      const rows = Array.from(labels.data.keys()).filter((row) => labels.data[row] === digit)
      const bytes = new Uint8Array(rows.length * 784)
      rows.forEach((row, i) => {
        for (let pixel = 0; pixel < 784; pixel++)
          bytes[i * 784 + pixel] = Math.round(images.data[row * 784 + pixel]! * 255)
      })
      return sha256(bytes)
    }),
  )
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
