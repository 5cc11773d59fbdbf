import { fileURLToPath, pathToFileURL } from 'node:url'
import type { UserConfig } from 'vitepress'

type Plugin = Extract<NonNullable<NonNullable<UserConfig['vite']>['plugins']>[number], { name: string }>

/** The pages have no node_modules above them that hold Vue: what they import is looked for from here. */
export function pagesOutsideTheSite(): Plugin {
  const here = fileURLToPath(import.meta.url)
  return {
    name: 'pages-outside-the-site',
    enforce: 'pre',
    resolveId(id, importer, options) {
      const isPage = importer !== undefined && /\.md($|\?)/.test(importer)
      return isPage && /^vue($|\/)/.test(id) ? this.resolve(id, here, options) : null
    },
  }
}

/** Bundled for the rendering of pages, a module lies elsewhere than the files that it reads. */
export function filesBesideModules(): Plugin {
  return {
    name: 'files-beside-modules',
    enforce: 'pre',
    transform(code, id, options) {
      if (!options?.ssr || !/\/packages\/data\/src\/[^?]*$/.test(id)) return null
      return { code: code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)), map: null }
    },
  }
}
