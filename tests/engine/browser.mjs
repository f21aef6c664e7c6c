// What a browser has and Node has not, as far as the form engine asks: documents, XPath results, a folder and a loader.
import { createRequire } from 'node:module'
import { JSDOM } from 'jsdom'

const { window } = new JSDOM('', { url: 'http://127.0.0.1/' })
const names = [
  'Attr', 'CDATASection', 'CharacterData', 'Comment', 'DOMParser', 'Document', 'DocumentFragment', 'Element',
  'HTMLElement', 'NamedNodeMap', 'Node', 'NodeFilter', 'ProcessingInstruction', 'Text', 'XMLDocument', 'XMLSerializer',
  'XPathEvaluator', 'XPathExpression', 'XPathResult', 'document',
]
for (const name of names) globalThis[name] ??= window[name]
globalThis.window ??= globalThis
globalThis.__dirname = new URL('.', import.meta.url).pathname
globalThis.require = createRequire(import.meta.url)
