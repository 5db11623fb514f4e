/**
 * Where in the page we are: the part of the address after `#`. The server never sees it, so that
 * it needs no route for each screen.
 */

/**
 * @typedef {{name: 'home'|'letters'|'people'|'around'|'bookmarks'|'you'|'status'|'lost'}
 *     | {name: 'post'|'person'|'write', id: string}
 *     | {name: 'find', words: string}
 *     | {name: 'tag', tag: string}} Place
 */

const SIMPLE = new Set(['letters', 'people', 'around', 'bookmarks', 'you', 'status']);

/** @param {string} hash with or without the `#` @returns {Place} */
export function placeOf(hash) {
  const [first = '', ...rest] = hash.replace(/^#?\/?/, '').split('/');
  const second = decode(rest.join('/'));
  if (first === '') return { name: 'home' };
  if (SIMPLE.has(first) && second === '') {
    return { name: /** @type {'people'} */ (first) };
  }
  if ((first === 'post' || first === 'person' || first === 'write') && /^\d{1,20}$/.test(second)) {
    return { name: first, id: second };
  }
  if (first === 'tag' && second !== '') return { name: 'tag', tag: second };
  if (first === 'find') return { name: 'find', words: second };
  return { name: 'lost' };
}

/** @param {string} text percent-encoded, or not after all */
export function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const to = {
  home: '#/',
  letters: '#/letters',
  people: '#/people',
  around: '#/around',
  bookmarks: '#/bookmarks',
  you: '#/you',
  status: '#/status',
  /** @param {string} id */
  post: (id) => `#/post/${encodeURIComponent(id)}`,
  /** @param {string} id */
  person: (id) => `#/person/${encodeURIComponent(id)}`,
  /** @param {string} id to whom */
  write: (id) => `#/write/${encodeURIComponent(id)}`,
  /** @param {string} tag without the sign */
  tag: (tag) => `#/tag/${encodeURIComponent(tag)}`,
  /** @param {string} words what somebody pasted */
  find: (words) => `#/find/${encodeURIComponent(words)}`,
};

/**
 * @param {string} href one of `to`
 * @param {boolean} [instead] in place of where we are, so that Back does not lead here again
 */
export function go(href, instead = false) {
  if (instead) location.replace(href);
  else location.hash = href;
}
