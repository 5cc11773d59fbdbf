import type { Figure } from '@variate/plot'
import { onMounted, onServerPrefetch, shallowRef, type ShallowRef } from 'vue'
import type { Size } from './useFigure.ts'

/** A figure of a page: what it is made from is computed when it is needed. */
export interface PageFigureSource {
  /** As drawn into the built page; narrow screens get it narrower. */
  readonly size: Size
  /** Width over height on a narrow screen. */
  readonly narrow: number
  readonly make: () => Promise<(size: Size) => Figure>
}

/** Below this share of the width it was made for, the text of a scaled figure is too small to read. */
const READABLE = 0.9

/** The figure, computed when the site is built, and again in a browser that has to draw it anew. */
export function usePageFigure(source: PageFigureSource): {
  readonly frame: ShallowRef<HTMLElement | null>
  readonly figure: ShallowRef<((size: Size) => Figure) | null>
} {
  const frame = shallowRef<HTMLElement | null>(null)
  const figure = shallowRef<((size: Size) => Figure) | null>(null)
  const compute = async (): Promise<void> => {
    figure.value = await source.make()
  }
  const isDrawn = (): boolean => {
    const wide = (frame.value?.clientWidth ?? 0) >= READABLE * source.size.width
    return wide && frame.value?.querySelector('svg') !== null
  }
  onServerPrefetch(compute)
  onMounted(() => (isDrawn() ? undefined : compute()))
  return { frame, figure }
}
