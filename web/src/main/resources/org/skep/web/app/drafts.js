/** Drafts, kept in this browser until they are posted. */

/**
 * @typedef {{text: string, warning: string, pictures: Picture[], onceKey: string}} Draft `onceKey`
 *     names this post in every try to send it, so that it is posted once even where an answer got
 *     lost
 *
 * @typedef {object} Picture one that will stand with the post
 * @property {string} key tells it from the others here
 * @property {string} id by which the server knows it; empty while it is on its way there
 * @property {string} url where it is seen
 * @property {string} description
 * @property {string} told what the server knows as its description
 */

const PREFIX = 'skep.draft.';

/** @returns {string} what nothing else is called */
export function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @returns {Draft} */
export function emptyDraft() {
  return { text: '', warning: '', pictures: [], onceKey: freshKey() };
}

/** @param {string} who @param {string} about what it answers, or `new` @returns {Draft} */
export function loadDraft(who, about) {
  try {
    const kept = JSON.parse(localStorage.getItem(PREFIX + who + '.' + about) ?? 'null');
    if (typeof kept?.text === 'string' && typeof kept.onceKey === 'string') {
      return {
        text: kept.text,
        warning: String(kept.warning ?? ''),
        pictures: Array.isArray(kept.pictures) ? kept.pictures : [],
        onceKey: kept.onceKey,
      };
    }
  } catch {
    // Storage may be closed to us, or hold something else: then there is no draft.
  }
  return emptyDraft();
}

/** @param {string} who @param {string} about @param {Draft} draft */
export function keepDraft(who, about, draft) {
  try {
    const key = PREFIX + who + '.' + about;
    const pictures = draft.pictures.filter((picture) => picture.id !== '');
    if (draft.text === '' && draft.warning === '' && pictures.length === 0) {
      localStorage.removeItem(key);
    } else {
      localStorage.setItem(key, JSON.stringify({ ...draft, pictures }));
    }
  } catch {
    // A browser that keeps nothing still lets one write and post.
  }
}
