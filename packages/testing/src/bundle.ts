import { build } from 'esbuild'

/**
 * Makes one file of a module, which Node runs as it is, with TensorFlow.js in it.
 *
 * @param external packages that stay outside of it.
 */
export async function bundle(
  entry: string,
  outfile: string,
  external: readonly string[] = [],
): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@variate/source'],
    // Of the builds of TensorFlow.js the one whose parts share one core; of the others it is not said that they register a backend.
    mainFields: ['module', 'main'],
    external: [...external],
    // What is in CommonJS, as TensorFlow.js is in part, asks for modules of Node.
    banner: {
      js: "import { createRequire as requiring } from 'node:module'; const require = requiring(import.meta.url);",
    },
    logLevel: 'error',
  })
}
