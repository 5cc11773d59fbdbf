import { UnsupportedError } from '@variate/core'
import { FONT_FAMILY, FONT_SIZE, INK, MUTED, PADDING } from './theme.ts'

const SVG = 'http://www.w3.org/2000/svg'
const LEGEND_ROW = 24

/** What is stacked: elements that know how high they are. */
interface Block {
  readonly node: Element
  readonly height: number
}

/**
 * The figure that Plot makes around a picture with a title, a caption or legends, as one SVG: its parts one
 * below the other. The picture becomes a group, since an SVG inside an SVG would be stretched by its own
 * style.
 *
 * @throws UnsupportedError for a part that is neither text, an SVG nor a legend of swatches.
 */
export function composeSvg(figure: Element, document: Document): SVGSVGElement {
  const pictures = Array.from(figure.children).filter((child) => tagOf(child) === 'svg')
  const width = Math.max(...pictures.map((picture) => Number(picture.getAttribute('width'))))
  const svg = document.createElementNS(SVG, 'svg')
  const blocks = Array.from(figure.children).map((child) => blockOf(child, width, document))
  let top = 0
  for (const { node, height } of blocks) {
    node.setAttribute('transform', `translate(0,${top})`)
    svg.append(node)
    top += height
  }
  const attributes = { width, height: top, viewBox: `0 0 ${width} ${top}`, fill: 'currentColor', color: INK }
  setAttributes(svg, { ...attributes, 'font-family': FONT_FAMILY, 'font-size': FONT_SIZE.text })
  return svg
}

function blockOf(child: Element, width: number, document: Document): Block {
  switch (tagOf(child)) {
    case 'h2':
      return textBlock(child, { 'font-size': FONT_SIZE.title, 'font-weight': 600 }, document)
    case 'h3':
      return textBlock(child, {}, document)
    case 'figcaption':
      return textBlock(child, { fill: MUTED }, document)
    case 'svg':
      return { node: groupOf(child, document), height: Number(child.getAttribute('height')) }
    case 'div':
      return swatches(child, width, document)
    default:
      throw new UnsupportedError(`draw: an SVG cannot hold <${tagOf(child)}>; titles must be text`)
  }
}

function textBlock(child: Element, style: Record<string, string | number>, document: Document): Block {
  const node = document.createElementNS(SVG, 'g')
  node.append(textAt(PADDING, 20, child.textContent ?? '', document, style))
  return { node, height: 28 }
}

function groupOf(picture: Element, document: Document): Element {
  const group = document.createElementNS(SVG, 'g')
  for (const { name, value } of Array.from(picture.attributes)) {
    if (!['width', 'height', 'viewBox', 'xmlns'].includes(name)) group.setAttribute(name, value)
  }
  group.append(...Array.from(picture.childNodes))
  return group
}

/** Plot's legend of swatches is HTML: a small picture and a text each, in lines that wrap. */
function swatches(legend: Element, width: number, document: Document): Block {
  const node = document.createElementNS(SVG, 'g')
  let [left, top] = [PADDING, 0]
  for (const swatch of Array.from(legend.children).filter((child) => tagOf(child) !== 'style')) {
    const picture = Array.from(swatch.children).find((child) => tagOf(child) === 'svg')
    if (picture === undefined)
      throw new UnsupportedError(`draw: an SVG cannot hold <${tagOf(swatch)}> in a legend`)
    const label = swatch.textContent ?? ''
    const size = Number(picture.getAttribute('width'))
    const needed = size + 6 + 0.6 * FONT_SIZE.text * label.length + 16
    if (left > PADDING && left + needed > width) [left, top] = [PADDING, top + LEGEND_ROW]
    setAttributes(picture, { x: left, y: top + (LEGEND_ROW - size) / 2 })
    node.append(picture, textAt(left + size + 6, top + 16, label, document))
    left += needed
  }
  return { node, height: top + LEGEND_ROW + 4 }
}

function textAt(
  x: number,
  y: number,
  content: string,
  document: Document,
  style: Record<string, string | number> = {},
): Element {
  const text = document.createElementNS(SVG, 'text')
  setAttributes(text, { x, y, 'text-anchor': 'start', ...style })
  text.textContent = content
  return text
}

function setAttributes(element: Element, attributes: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
}

function tagOf(element: Element): string {
  return element.tagName.toLowerCase()
}
