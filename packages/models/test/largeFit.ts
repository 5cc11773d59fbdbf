import { NdArray } from '@variate/core'
import { gaussianMixture } from '@variate/models'
import { mixtureOf, pointsAbout } from './mixtures.ts'

const [ROWS, COMPONENTS, DIMENSION] = [20_000, 3, 24]

/** A fit of so much work that threads share it, as JSON. */
export async function largeFit(): Promise<string> {
  const mixture = mixtureOf('full', COMPONENTS, DIMENSION)
  const x = new NdArray(pointsAbout(mixture, ROWS), [ROWS, DIMENSION])
  const init = { means: new NdArray(mixture.means, [COMPONENTS, DIMENSION]) }
  const model = gaussianMixture({ components: COMPONENTS })
  return JSON.stringify(await model.fit(x, { init, tolerance: 0, maxIterations: 3 }))
}
