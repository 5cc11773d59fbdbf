import type { Theme } from 'vitepress'
import DefaultTheme from 'vitepress/theme'
import { defineAsyncComponent } from 'vue'
/* oxlint-disable import/no-unassigned-import -- style sheets export nothing */
import './style/colours.css'
import './style/figure.css'
import './style/demo.css'
import './style/landing.css'
import './style/reference.css'

const theme: Theme = {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    // Pages without figures do not load what figures are made with.
    app.component(
      'EmDemo',
      defineAsyncComponent(() => import('./landing/EmDemo.vue')),
    )
    app.component(
      'PageFigure',
      defineAsyncComponent(() => import('./figures/PageFigure.vue')),
    )
  },
}

export default theme
