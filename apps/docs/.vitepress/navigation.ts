import { readdirSync, readFileSync } from 'node:fs'
import type { DefaultTheme } from 'vitepress'

const DOCS = new URL('../../../docs/', import.meta.url)

const GUIDES = [
  'getting-started',
  'models',
  'composing-models',
  'networks',
  'model-graphs',
  'exact-inference',
  'em-for-models',
  'coordinate-ascent',
  'monte-carlo-evidence',
  'black-box-vi',
  'amortized',
  'multi-sample-bounds',
  'gradient-estimators',
  'estimators-and-families',
  'exact-sums',
  'variational-families',
  'point-and-laplace',
  'diagnostics',
  'relaxed-gradients',
  'gaussian-mixtures',
  'k-means',
  'regressions',
  'autoencoders',
  'deep-models',
  'expectation-maximization',
]
const REFERENCE = [
  'distributions',
  'reference/index',
  'reference/continuous',
  'reference/discrete',
  'reference/multivariate',
  'reference/relaxed',
  'reference/combinators',
  'reference/bijectors',
  'reference/divergences',
]
const PARTS = [
  'compile',
  'compile-engines',
  'compile-threads',
  'compile-kernels',
  'convolutions',
  'onnx',
  'optimizers',
  'keys',
  'data',
  'figures',
  'latent-pictures',
  'errors',
  'benchmarks',
]

export function navigation(): DefaultTheme.NavItem[] {
  return [
    { text: 'Guide', link: '/getting-started' },
    { text: 'How EM works', link: '/expectation-maximization' },
    { text: 'Distributions', link: '/reference/' },
  ]
}

export function sidebar(): DefaultTheme.SidebarItem[] {
  requireListed()
  return [
    { text: 'Guide', items: pages(GUIDES) },
    { text: 'Distributions', items: pages(REFERENCE) },
    { text: 'Parts', items: pages(PARTS) },
    { text: 'Decisions', collapsed: true, items: pages(decisions()) },
  ]
}

/** Links to the pages, named by their first heading. */
function pages(names: readonly string[]): DefaultTheme.SidebarItem[] {
  return names.map((name) => {
    const text = readFileSync(new URL(`${name}.md`, DOCS), 'utf8')
    return { text: titleOf(text, name), link: `/${name.replace(/(^|\/)index$/, '$1')}` }
  })
}

/** @throws Error for a page that no list names: it would be there, and nobody would find it. */
function requireListed(): void {
  const listed = ['index', ...GUIDES, ...REFERENCE, ...PARTS].map((name) => `${name}.md`)
  const files = ['', 'reference/'].flatMap((folder) =>
    readdirSync(new URL(folder, DOCS)).map((file) => `${folder}${file}`),
  )
  const lost = files.find((file) => file.endsWith('.md') && !listed.includes(file))
  if (lost !== undefined) throw new Error(`docs/${lost} is in no list of the sidebar, see navigation.ts`)
}

function decisions(): string[] {
  return readdirSync(new URL('decisions/', DOCS))
    .filter((file) => file.endsWith('.md'))
    .toSorted()
    .map((file) => `decisions/${file.slice(0, -'.md'.length)}`)
}

function titleOf(text: string, name: string): string {
  return /^# (.+)$/m.exec(text)?.[1] ?? name
}
