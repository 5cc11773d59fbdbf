import { renderSvg, type Figure } from '@variate/plot'

/** What figures of the reference share. Their colours are the style sheet's, so that they follow the theme. */
export const MUTED = 'var(--figure-muted)'
export const GRID = 'var(--figure-grid)'
export const PAPER = 'var(--figure-paper)'
export const SHADE = 'var(--figure-shade)'

/** The colour of a setting's curve, bars and swatch. */
export function seriesColor(index: number): string {
  return `var(--series-${index + 1})`
}

export const AXIS: { fill: string; stroke: string; tickSize: number; label: null } = {
  fill: MUTED,
  stroke: 'none',
  tickSize: 0,
  label: null,
}

/** A figure as part of a page: without what the style sheet says, and to a tenth of a pixel. */
export async function inlineSvg(figure: Figure): Promise<string> {
  const svg = await renderSvg(figure)
  // Vue keeps what is static as text, but not around a `role`: the figure around has its name.
  return svg
    .replace(' role="img"', ' aria-hidden="true"')
    .replaceAll(/<style>[\s\S]*?<\/style>/g, '')
    .replaceAll(/(<g[^>]*?) aria-(?:label|hidden)="[^"]*"(?: aria-(?:label|hidden)="[^"]*")?/g, '$1')
    .replaceAll(
      / (?:class|xmlns|xmlns:xlink|font-family|font-size|text-anchor|style)="(?:plot-[^"]*|http[^"]*|system-ui[^"]*)"/g,
      '',
    )
    .replaceAll(/<[^>]+>/g, (tag) =>
      tag.replaceAll(/-?\d+\.\d{2,}/g, (number) => String(Math.round(10 * Number(number)) / 10)),
    )
}
