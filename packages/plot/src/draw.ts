import * as Plot from '@observablehq/plot'
import { UnsupportedError } from '@variate/core'
import { composeSvg } from './composeSvg.ts'

/** A figure: Observable Plot's options, plain data and marks. Spread it to change or add to it. */
export type Figure = Plot.PlotOptions

export interface DrawOptions {
  /** Where elements are made; by default the page's own. */
  readonly document?: Document
}

const XMLNS = 'http://www.w3.org/2000/xmlns/'
const SVG = 'http://www.w3.org/2000/svg'

/**
 * A figure as one SVG element, to be put into a page. Plot's titles, captions and legends, which are HTML
 * around the picture, are drawn inside it.
 *
 * @throws UnsupportedError without a document, or for an element that an SVG cannot hold.
 *
 * @example
 * ```ts
 * import { draw, trace } from '@variate/plot'
 * import { parseHTML } from 'linkedom'
 *
 * const { document } = parseHTML('<body></body>') // in a page: the page's own, which need not be passed
 * const figure = trace({ series: [-1290, -1250, -1130], label: 'log-likelihood (nats)' })
 * document.body.append(draw(figure, { document }))
 * document.querySelectorAll('svg').length // => 1
 * ```
 */
export function draw(figure: Figure, options: DrawOptions = {}): SVGSVGElement {
  const document = options.document ?? globalThis.document
  if (document === undefined) {
    throw new UnsupportedError(
      'draw: there is no document here; pass one, or use renderSvg, which brings its own',
    )
  }
  const drawn = Plot.plot({ ...figure, document })
  const svg = isSvg(drawn) ? drawn : composeSvg(drawn, document)
  svg.setAttributeNS(XMLNS, 'xmlns', SVG)
  svg.setAttribute('role', 'img')
  return svg
}

function isSvg(element: Element): element is SVGSVGElement {
  return element.namespaceURI === SVG
}
