/* oxlint-disable-next-line import/no-unassigned-import -- a backend registers itself */
import '@tensorflow/tfjs-backend-cpu'
import { env } from '@tensorflow/tfjs-core'
import type { ModelGraph } from '@variate/language'
import { modelGraph } from '@variate/plot'
import { inlineSvg } from '../reference/look.ts'
import { escapeHtml } from '../reference/markup.ts'

env().set('PROD', true) // without a greeting on the console

/** The picture of a model's graph as part of a page, no wider than it is drawn. */
export async function pictureOf(model: { graph(): ModelGraph }): Promise<string> {
  const figure = modelGraph(model.graph())
  const label = escapeHtml(`${figure.ariaLabel}: ${figure.ariaDescription}`)
  const svg = await inlineSvg(figure)
  return `<figure class="figure model-graph" role="img" aria-label="${label}">${svg}</figure>`
}
