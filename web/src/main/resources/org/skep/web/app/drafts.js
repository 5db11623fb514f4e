/** Drafts, kept in this browser until they are posted. */

/**
 * @typedef {{text: string, warning: string, onceKey: string}} Draft `onceKey` names this post in
 *     every try to send it, so that it is posted once even where an answer got lost
 */

const PREFIX = 'skep.draft.';

/** @returns {Draft} */
export function emptyDraft() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const onceKey = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { text: '', warning: '', onceKey };
}

/** @param {string} who @param {string} about what it answers, or `new` @returns {Draft} */
export function loadDraft(who, about) {
  try {
    const kept = JSON.parse(localStorage.getItem(PREFIX + who + '.' + about) ?? 'null');
    if (typeof kept?.text === 'string' && typeof kept.onceKey === 'string') {
      return { text: kept.text, warning: String(kept.warning ?? ''), onceKey: kept.onceKey };
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
    if (draft.text === '' && draft.warning === '') localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // A browser that keeps nothing still lets one write and post.
  }
}
