import type * as Linkedom from 'linkedom'
import { draw, type DrawOptions, type Figure } from './draw.ts'
import { serialize } from './serialize.ts'

/**
 * A figure as the text of a standalone SVG file. Where there is no document, as in Node, one is made with
 * linkedom, which is loaded on the first call.
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
  const { parseHTML } = await load<typeof Linkedom>('linkedom')
  return parseHTML('<!doctype html><html><body></body></html>').document
}

/** By a name that bundlers do not see: a browser, which has a document, should not be sent another. */
function load<Module>(name: string): Promise<Module> {
  return import(/* @vite-ignore */ name)
}
