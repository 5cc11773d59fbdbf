import * as Plot from '@observablehq/plot'
import { BACKGROUND, FONT_FAMILY, FONT_SIZE, GRID, INK, MUTED, PADDING } from './theme.ts'
import type { Ticks } from './ticks.ts'

/** What every figure can be told. */
export interface FrameOptions {
  /** Above the figure, at the left; also what a screen reader says. */
  readonly title?: string | undefined
  /** Below the title, smaller. */
  readonly subtitle?: string | undefined
  /** Of the whole picture, in pixels. */
  readonly width?: number | undefined
  /** Of the whole picture, in pixels. */
  readonly height?: number | undefined
}

/** Pixels between the picture's edge and the data. */
export interface Margins {
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}

/** The room that title and subtitle take at the top, in pixels. */
export function headingHeight({ title, subtitle }: FrameOptions): number {
  const lines = (title === undefined ? 0 : 24) + (subtitle === undefined ? 0 : 18)
  return lines === 0 ? PADDING : PADDING + lines + 8
}

/** A title should not be cut because a picture is narrow; 0.6 em is wide for a letter. */
export function headingWidth({ title = '', subtitle = '' }: FrameOptions): number {
  return 2 * PADDING + Math.min(600, Math.max(9.6 * title.length, 7.2 * subtitle.length))
}

/**
 * The options that all figures share, and the marks below all others: background, title, subtitle. They are
 * marks, not Plot's HTML elements, so that the figure is a single SVG.
 */
export function frame(
  { title, subtitle, ...size }: FrameOptions & { readonly width: number; readonly height: number },
  margins: Margins,
): Plot.PlotOptions & { marks: Plot.Markish[] } {
  const lineWidth = size.width - 2 * PADDING
  const heading = (
    text: string | undefined,
    top: number,
    fontSize: number,
    style: Plot.TextOptions,
  ): Plot.Markish =>
    text === undefined
      ? null
      : Plot.text([text], {
          text: (line: string) => line,
          frameAnchor: 'top-left',
          dx: PADDING - margins.left,
          dy: top - margins.top,
          lineWidth: lineWidth / fontSize,
          textOverflow: 'ellipsis',
          fontSize,
          ...style,
        })
  return {
    ...size,
    marginTop: margins.top,
    marginRight: margins.right,
    marginBottom: margins.bottom,
    marginLeft: margins.left,
    ...(title === undefined ? {} : { ariaLabel: title }),
    ...(subtitle === undefined ? {} : { ariaDescription: subtitle }),
    style: { fontFamily: FONT_FAMILY, fontSize: `${FONT_SIZE.text}px`, color: INK, background: BACKGROUND },
    marks: [
      background,
      heading(title, PADDING, FONT_SIZE.title, { fontWeight: 600, fill: INK }),
      heading(subtitle, PADDING + (title === undefined ? 0 : 24), FONT_SIZE.text, { fill: MUTED }),
    ],
  }
}

/** Light grid lines, muted numbers at round places, the label centred along the axis. */
export function xAxis(label: string, { ticks, tickFormat }: Ticks): Plot.Markish[] {
  const title = { frameAnchor: 'bottom', lineAnchor: 'top', dy: 32 } as const
  return [
    Plot.gridX(ticks, { stroke: GRID, strokeOpacity: 1 }),
    Plot.axisX(ticks, { tickFormat, ...NUMBERS }),
    axisTitle(label, title),
  ]
}

/** Like `xAxis`, the label along the picture's left edge. */
export function yAxis(label: string, { ticks, tickFormat }: Ticks, margins: Margins): Plot.Markish[] {
  const title = { frameAnchor: 'left', rotate: -90, lineAnchor: 'bottom', dx: 28 - margins.left } as const
  return [
    Plot.gridY(ticks, { stroke: GRID, strokeOpacity: 1 }),
    Plot.axisY(ticks, { tickFormat, ...NUMBERS }),
    axisTitle(label, title),
  ]
}

const NUMBERS = { fill: MUTED, tickSize: 0, tickPadding: 8, label: null } as const

function axisTitle(label: string, options: Plot.TextOptions): Plot.Markish {
  return Plot.text([label], { text: (line: string) => line, fill: INK, textAnchor: 'middle', ...options })
}

/** Drawn, not styled: renderers outside browsers know no CSS background. */
const background: Plot.RenderFunction = (_index, _scales, _values, _dimensions, context) =>
  element(context.document, 'rect', { width: '100%', height: '100%', fill: BACKGROUND })

/**
 * Hides what was drawn beyond the data's rectangle; titles and numbers come after it. A clip path would need
 * an id, and ids of several figures on one page must not meet.
 */
export const coverMargins: Plot.RenderFunction = (_index, _scales, _values, dimensions, context) => {
  const { width, height, marginTop, marginRight, marginBottom, marginLeft } = dimensions
  const inner = `M${marginLeft},${marginTop}V${height - marginBottom}H${width - marginRight}V${marginTop}Z`
  const d = `M0,0H${width}V${height}H0Z${inner}`
  return element(context.document, 'path', { d, fill: BACKGROUND, 'fill-rule': 'evenodd' })
}

function element(document: Document, name: string, attributes: Record<string, string>): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name) as SVGElement
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value)
  return made
}
