import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'

const ON_PATH = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
]

const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  '/snap/bin/chromium',
]

const BELOW_WINDOWS_FOLDERS = [
  'Google/Chrome/Application/chrome.exe',
  'Chromium/Application/chrome.exe',
  'Microsoft/Edge/Application/msedge.exe',
]

/**
 * A browser of the Chromium family on this machine: what CHROME_PATH names, on the path, or where systems
 * put it.
 *
 * @throws Error if CHROME_PATH names no file.
 */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = env['CHROME_PATH']
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROME_PATH is ${named}, where there is no file`)
    return named
  }
  const folders = (env['PATH'] ?? '').split(delimiter)
  const windows = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']]
  const places = [
    ...ON_PATH.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...ELSEWHERE,
    ...windows.flatMap((folder) =>
      folder ? BELOW_WINDOWS_FOLDERS.map((program) => join(folder, program)) : [],
    ),
  ]
  return places.find((place) => existsSync(place))
}

/** Without its own traffic: what is requested, a page has requested. */
export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
