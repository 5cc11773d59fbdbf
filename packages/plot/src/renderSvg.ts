import { draw, type DrawOptions, type Figure } from './draw.ts'
import { serialize } from './serialize.ts'

/**
 * A figure as the text of a standalone SVG file. Where there is no document, as in Node, one is made with
 * linkedom, a dependency of this package that is loaded on the first call; bundles for browsers, which have
 * a document, are without it.
 *
 * @throws UnsupportedError for an element that an SVG cannot hold.
 *
 * @example
 * ```ts
 * import { renderSvg, trace } from '@variate/plot'
 *
 * const svg = await renderSvg(trace({ series: [-1290, -1250, -1130], label: 'log-likelihood' }))
 * svg.startsWith('<svg') // => true
 * ```
 */
export async function renderSvg(figure: Figure, options: DrawOptions = {}): Promise<string> {
  const document = options.document ?? globalThis.document ?? (await makeDocument())
  return serialize(draw(figure, { document }))
}

async function makeDocument(): Promise<Document> {
  const { parseHTML } = await import('linkedom') // `false` for browsers, by the field "browser" of package.json
  return parseHTML('<!doctype html><html><body></body></html>').document
}
