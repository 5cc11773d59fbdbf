/** Shares of the size of the font: what letters of common sans-serif fonts take at most, as none can be measured here. */
const [NARROW, USUAL, BROAD, SQUARE] = [0.38, 0.6, 0.88, 1.05]

/** How wide a text is at most, in pixels. */
export function textWidth(text: string, fontSize: number): number {
  let width = 0
  for (const character of text) {
    if (/[ijltfrI1.,:;'|!()[\] ]/.test(character)) width += NARROW
    else if (/[mwMWA-Z@%—…]/.test(character)) width += BROAD
    else width += character.codePointAt(0)! >= 0x11_00 ? SQUARE : USUAL
  }
  return width * fontSize
}
