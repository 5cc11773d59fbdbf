import { defineComponent, h, type DefineSetupFnComponent, type PropType } from 'vue'
import { useFigure, type FigureSource, type Size } from './useFigure.ts'

/**
 * A figure in a box. A render function instead of a template: where a template binds innerHTML, hydration
 * writes it again, and would empty what the built page has in the box.
 */
const FigureView: DefineSetupFnComponent<FigureSource> = defineComponent(
  (source: FigureSource) => {
    const { box, html } = useFigure(source)
    return () => h('div', { ref: box, class: 'figure', ...(html.value !== '' && { innerHTML: html.value }) })
  },
  {
    name: 'FigureView',
    props: {
      /** The figure at a size; null while there is nothing to draw. */
      figure: { type: Function as PropType<FigureSource['figure']>, default: null },
      /** The size that it is drawn at where there is no page to measure: at build time. */
      size: { type: Object as PropType<Size>, required: true },
    },
  },
)

export default FigureView
