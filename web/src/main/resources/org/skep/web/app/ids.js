/** Ids are strings of digits, longer than a JavaScript number holds: compared as text. */

/** @param {string} a @param {string} b @returns {number} newest (greatest) first */
export function newestFirst(a, b) {
  if (a.length !== b.length) return b.length - a.length;
  return a < b ? 1 : a > b ? -1 : 0;
}

/** @param {string} a @param {string} b @returns {boolean} */
export function isNewer(a, b) {
  return newestFirst(a, b) < 0;
}

/** @param {Iterable<string>} ids @returns {string[]} each once, newest first */
export function inOrder(ids) {
  return [...new Set(ids)].sort(newestFirst);
}
