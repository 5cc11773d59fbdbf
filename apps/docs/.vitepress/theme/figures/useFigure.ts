import { draw, renderSvg, type Figure } from '@variate/plot'
import { onBeforeUnmount, onMounted, onServerPrefetch, shallowRef, watch, type ShallowRef } from 'vue'

/** Pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

export interface FigureSource {
  readonly figure: ((size: Size) => Figure) | null
  readonly size: Size
}

/**
 * A figure in a box whose size the style sheet settles, so that nothing moves when it arrives. It is part of
 * the built page; a reader's browser draws it again where the box has another size, and when it changes.
 */
export function useFigure(source: FigureSource): {
  readonly box: ShallowRef<HTMLElement | null>
  readonly html: ShallowRef<string>
} {
  const box = shallowRef<HTMLElement | null>(null)
  const html = shallowRef('') // filled at build time only
  let size = source.size

  const redraw = (): void => {
    if (source.figure !== null) box.value?.replaceChildren(draw(source.figure(size)))
  }
  const resize = (): void => {
    if (box.value === null || box.value.clientWidth === 0) return
    const measured = { width: box.value.clientWidth, height: box.value.clientHeight }
    const same = measured.width === size.width && measured.height === size.height
    size = measured
    if (!same || box.value.childElementCount === 0) redraw()
  }

  onServerPrefetch(async () => {
    if (source.figure !== null) html.value = await renderSvg(source.figure(size))
  })
  const observer = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(resize)
  onMounted(() => observer?.observe(box.value!)) // which calls `resize` once at first
  onBeforeUnmount(() => observer?.disconnect())
  watch(() => source.figure, redraw)
  return { box, html }
}
