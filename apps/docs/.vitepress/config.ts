import { defineConfig, type DefaultTheme, type UserConfig } from 'vitepress'
import { makeGraphs } from './graphsPlugin.ts'
import { navigation, sidebar } from './navigation.ts'
import { filesBesideModules, pagesOutsideTheSite } from './plugins.ts'
import { fillIn, makeLearned, makeReference, searchable } from './referencePlugin.ts'

const [reference, graphs, learned] = [await makeReference(), await makeGraphs(), await makeLearned()]

/** The words live in docs/ at the root; the packages are read from their sources. */
const config: UserConfig<DefaultTheme.Config> = defineConfig({
  srcDir: '../../docs',
  cacheDir: '.vitepress/cache',
  title: 'Variate',
  description: 'Latent-variable models in TypeScript: fitted in Node and in the browser, by the same source.',
  lang: 'en-GB',
  cleanUrls: true,
  head: [['link', { rel: 'icon', href: icon() }]],
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    config: fillIn({ ...reference, ...graphs, ...learned }),
  },
  themeConfig: {
    nav: navigation(),
    sidebar: sidebar(),
    outline: { level: [2, 3] },
    search: { provider: 'local', options: { _render: searchable } },
    externalLinkIcon: true,
  },
  vite: {
    plugins: [pagesOutsideTheSite(), filesBesideModules()],
    resolve: { conditions: ['@variate/source'] },
    optimizeDeps: { exclude: ['@variate/data'] }, // it ships a file beside its code
  },
})

export default config

/** Two overlapping components, small enough to be part of the page. */
function icon(): string {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><ellipse cx="11" cy="20" rx="9" ry="7" ' +
    'transform="rotate(-30 11 20)" fill="#4477aa" fill-opacity=".85"/><ellipse cx="20" cy="13" rx="10" ry="7" ' +
    'transform="rotate(-30 20 13)" fill="#ee6677" fill-opacity=".8"/></svg>'
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}
