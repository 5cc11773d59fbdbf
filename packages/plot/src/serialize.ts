/**
 * An element as XML text, in its own namespace's default prefix. `outerHTML` will not do: it is HTML, whose
 * attributes may hold `<`; and not every document has an `XMLSerializer`.
 */
export function serialize(element: Element): string {
  const attributes = Array.from(element.attributes, ({ name, value }) => ` ${name}="${escape(value)}"`).join(
    '',
  )
  const children = Array.from(element.childNodes, (child) => {
    if (isElement(child)) return serialize(child)
    return child.nodeType === TEXT ? escape(child.nodeValue ?? '') : ''
  }).join('')
  const tag = element.localName
  return children === '' ? `<${tag}${attributes}/>` : `<${tag}${attributes}>${children}</${tag}>`
}

const ELEMENT = 1
const TEXT = 3

function isElement(node: Node): node is Element {
  return node.nodeType === ELEMENT
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Control characters have no place in XML, not even escaped: the replacement character stands for them. */
function escape(text: string): string {
  return (
    text
      .replaceAll(/[&<>"]/g, (character) => ESCAPES[character]!)
      // oxlint-disable-next-line no-control-regex -- these are the ones to be found
      .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD')
  )
}
