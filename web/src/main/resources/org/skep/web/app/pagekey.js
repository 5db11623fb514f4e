/**
 * The page's half of the session: it comes behind the `#` of the address, where no server sees it,
 * and is kept where only pages of this very port can read it.
 */

const NAME = 'skep.page-key';

/** Takes the key out of the address before anything else looks there. */
export function takePageKey() {
  const found = /^#key=([A-Za-z0-9_-]+)$/.exec(location.hash);
  if (!found) return;
  localStorage.setItem(NAME, found[1]);
  history.replaceState(null, '', '/');
}

/** @returns {string} empty before this browser has been let in */
export function pageKey() {
  return localStorage.getItem(NAME) ?? '';
}
