/**
 * The second wall against hostile text. The server has cleaned a post's HTML already; here it is
 * parsed once more in a document that runs nothing and loads nothing, and only what stands on a
 * short list is built anew in ours. Nothing that was parsed is ever moved across.
 */

/** What may be kept, with no attribute at all. */
const KEPT = new Set([
  'P', 'BR', 'STRONG', 'B', 'EM', 'I', 'DEL', 'S', 'CODE', 'PRE', 'BLOCKQUOTE', 'UL', 'OL', 'LI',
  'HR', 'SUB', 'SUP',
]);

/** Whatever is inside these is not text for people. */
const DROPPED = new Set([
  'SCRIPT', 'STYLE', 'TEMPLATE', 'IFRAME', 'OBJECT', 'EMBED', 'NOSCRIPT', 'TEXTAREA', 'SELECT',
  'OPTION', 'TITLE', 'HEAD', 'SVG', 'MATH', 'AUDIO', 'VIDEO', 'CANVAS', 'XMP', 'NOEMBED',
  'NOFRAMES', 'PLAINTEXT', 'DIALOG', 'LINK', 'META', 'BASE', 'FORM', 'INPUT', 'BUTTON',
]);

/** A heading inside a post is a strong line, not a heading of our page. */
const HEADING = /^H[1-6]$/;

const HTML_CHARACTERS_MAX = 200_000;
const NODES_MAX = 4_000;
const DEPTH_MAX = 30;

/** Bidirectional overrides (not isolates or marks, which honest right-to-left text uses). */
const OVERRIDES = /[\u202a-\u202e]/g;
const TOWERS = /(\p{M}{3})\p{M}+/gu;

/** Says to browsers with Trusted Types that this one place may parse; its result never leaves here. */
const inertPolicy = window.trustedTypes?.createPolicy('skep-inert', {
  createHTML: (/** @type {string} */ text) => text,
});

/**
 * @param {string} html foreign HTML
 * @param {(href: string) => string|null} [insideLink] says where a link leads inside this page, if
 *     it does
 * @returns {DocumentFragment} harmless nodes of this document
 */
export function harmless(html, insideLink = () => null) {
  const text = String(html).slice(0, HTML_CHARACTERS_MAX);
  const parsed = new DOMParser().parseFromString(
    /** @type {string} */ (inertPolicy?.createHTML(text) ?? text),
    'text/html',
  );
  const fragment = document.createDocumentFragment();
  const budget = { nodes: NODES_MAX };
  copyChildren(parsed.body, fragment, { budget, insideLink, depth: 0 });
  return fragment;
}

/**
 * @typedef {{budget: {nodes: number}, insideLink: (href: string) => string|null, depth: number}}
 *     Copying
 */

/** @param {Node} from @param {Node} to @param {Copying} copying */
function copyChildren(from, to, copying) {
  for (const child of from.childNodes) {
    if (copying.budget.nodes <= 0) return;
    copying.budget.nodes -= 1;
    if (child.nodeType === Node.TEXT_NODE) {
      to.appendChild(document.createTextNode(plainText(child.nodeValue ?? '')));
    } else if (child.nodeType === Node.ELEMENT_NODE) {
      copyElement(/** @type {Element} */ (child), to, copying);
    }
  }
}

/** @param {Element} element @param {Node} to @param {Copying} copying */
function copyElement(element, to, copying) {
  const tag = element.tagName.toUpperCase();
  if (DROPPED.has(tag)) return;
  if (tag === 'IMG') {
    to.appendChild(document.createTextNode(pictureWords(element)));
    return;
  }
  const deeper = { ...copying, depth: copying.depth + 1 };
  if (deeper.depth > DEPTH_MAX) {
    to.appendChild(document.createTextNode(plainText(element.textContent ?? '')));
    return;
  }
  const copy = copyOf(tag, element, copying.insideLink);
  copyChildren(element, copy ?? to, deeper);
  if (!copy) return;
  to.appendChild(copy);
  if (tag === 'A') addHonestHost(/** @type {HTMLAnchorElement} */ (copy), to);
}

/**
 * @param {string} tag
 * @param {Element} element
 * @param {(href: string) => string|null} insideLink
 * @returns {Element|null} the empty copy, or null where only the contents are kept
 */
function copyOf(tag, element, insideLink) {
  if (tag === 'A') return linkOf(element.getAttribute('href') ?? '', insideLink);
  if (HEADING.test(tag)) {
    const line = document.createElement('p');
    line.className = 'heading';
    line.dir = 'auto';
    return line;
  }
  if (!KEPT.has(tag)) return null;
  const copy = document.createElement(tag);
  if (['P', 'LI', 'PRE', 'BLOCKQUOTE'].includes(tag)) copy.dir = 'auto';
  return copy;
}

/**
 * @param {string} href
 * @param {(href: string) => string|null} insideLink
 * @returns {HTMLAnchorElement|null}
 */
function linkOf(href, insideLink) {
  const inside = insideLink(href);
  const link = document.createElement('a');
  if (inside !== null) {
    link.setAttribute('href', inside);
    return link;
  }
  if (!/^https?:\/\//i.test(href) || !URL.canParse(href)) return null;
  const url = new URL(href);
  link.setAttribute('href', url.href);
  link.title = url.href;
  link.rel = 'noopener noreferrer nofollow ugc';
  link.target = '_blank';
  return link;
}

/**
 * Where the words of a link look like one address and the link leads to another, says so.
 *
 * @param {HTMLAnchorElement} link
 * @param {Node} to
 */
function addHonestHost(link, to) {
  if (link.target !== '_blank') return;
  const addresses = (link.textContent ?? '').split(/[\s<>"'(),;|]+/u).filter(looksLikeAddress);
  if (addresses.every((words) => leadsTo(words, link))) return;
  const host = document.createElement('span');
  host.className = 'honest-host';
  host.textContent = ` (leads to ${link.host})`;
  to.appendChild(host);
}

/** @param {string} words without spaces @returns {boolean} whether people would take it for one */
function looksLikeAddress(words) {
  return /[\p{L}\p{N}-]\p{C}*[.\u3002\uff0e\uff61]\p{C}*\p{L}{2}/u.test(words);
}

/** @param {string} words an address as it is read @param {HTMLAnchorElement} link @returns {boolean} */
function leadsTo(words, link) {
  const whole = /^https?:\/\//i.test(words) ? words : `${link.protocol}//${words}`;
  if (!URL.canParse(whole)) return false;
  const { host, username } = new URL(whole);
  const bare = (/** @type {string} */ name) => name.replace(/^www\.|\.$/g, '');
  return username === '' && bare(host) === bare(link.host);
}

/** @param {Element} image @returns {string} */
function pictureWords(image) {
  const words = plainText(image.getAttribute('alt') ?? '').slice(0, 500).trim();
  return words ? `[picture: ${words}]` : '[picture]';
}

/** @param {string} text @returns {string} */
function plainText(text) {
  return text.replace(OVERRIDES, '').replace(TOWERS, '$1');
}
