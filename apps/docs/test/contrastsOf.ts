import type { Page } from 'playwright-core'

export interface Contrast {
  readonly text: string
  readonly colour: string
  readonly background: string
  /** (L₁ + 0.05) / (L₂ + 0.05) of the relative luminances: WCAG 2.2, which asks for 4.5. */
  readonly ratio: number
}

/** The contrast of every text that a page shows, in its content and its figures. */
export function contrastsOf(page: Page): Promise<Contrast[]> {
  return page.evaluate(() => {
    type Colour = readonly [number, number, number, number]
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!
    const parsed = new Map<string, Colour>()
    const parse = (css: string): Colour => {
      const known = parsed.get(css)
      if (known !== undefined) return known
      canvas.clearRect(0, 0, 1, 1)
      canvas.fillStyle = css
      canvas.fillRect(0, 0, 1, 1)
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data
      const colour = [r!, g!, b!, a! / 255] as const
      parsed.set(css, colour)
      return colour
    }
    const over = ([r, g, b, a]: Colour, below: Colour): Colour => [
      a * r + (1 - a) * below[0],
      a * g + (1 - a) * below[1],
      a * b + (1 - a) * below[2],
      1,
    ]
    const backgrounds = new Map<Element, Colour>()
    const backgroundOf = (element: Element | null): Colour => {
      if (element === null) return [255, 255, 255, 1]
      const known = backgrounds.get(element)
      if (known !== undefined) return known
      const own = parse(getComputedStyle(element).backgroundColor)
      const background = own[3] === 1 ? own : over(own, backgroundOf(element.parentElement))
      backgrounds.set(element, background)
      return background
    }
    const luminance = (colour: Colour): number => {
      const [r, g, b] = colour.slice(0, 3).map((channel) => {
        const c = channel / 255
        return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
    }
    const dimmed = (element: Element): boolean => element.closest('[aria-disabled="true"]') !== null
    const texts = [...document.querySelectorAll('main *, .VPContent *, .figure text')].filter(
      (element) =>
        !dimmed(element) &&
        element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
        [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent!.trim() !== ''),
    )
    return texts.map((element) => {
      const style = getComputedStyle(element)
      const svg = element.closest('svg')
      const background = backgroundOf(svg ?? element)
      const colour = over(parse(svg === null ? style.color : style.fill), background)
      const [high, low] = [luminance(colour), luminance(background)].toSorted((a, b) => b - a)
      return {
        text: element.textContent!.trim().slice(0, 40),
        colour: svg === null ? style.color : style.fill,
        background: String(background.slice(0, 3).map(Math.round)),
        ratio: (high! + 0.05) / (low! + 0.05),
      }
    })
  })
}
