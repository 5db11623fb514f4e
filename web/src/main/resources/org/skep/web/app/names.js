/**
 * Makes foreign names safe to stand inside our own sentences. A name is whatever somebody's
 * program sent: it may turn the writing direction around, hide, or try to be a whole screen.
 */

/** @import {Account} from './types.js' */

const NAME_CHARACTERS_MAX = 60;

/** Direction overrides and isolates, zero-width characters that never help a name, controls. */
const TRICKS =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** A letter may carry two marks above or below it, not a tower. */
const TOWERS = /(\p{M}{2})\p{M}+/gu;

/** Joiners are needed inside some scripts and some pictures, but are nothing by themselves. */
const VISIBLE = /[^\s\p{M}\p{C}\u115f\u1160\u2800\u3164\uffa0]/u;

/**
 * @param {string|undefined|null} text foreign text meant for one line
 * @param {number} [charactersMax]
 * @returns {string} one line without tricks, perhaps empty
 */
export function oneLine(text, charactersMax = NAME_CHARACTERS_MAX) {
  const line = String(text ?? '')
    .slice(0, charactersMax * 16)
    .replace(TRICKS, ' ')
    .replace(TOWERS, '$1')
    .replace(/\s+/gu, ' ')
    .trim();
  if (!VISIBLE.test(line)) return '';
  const characters = [...line];
  if (characters.length <= charactersMax) return line;
  return characters.slice(0, charactersMax - 1).join('').trimEnd() + '…';
}

/** @param {Account|undefined|null} account @returns {string} never empty */
export function nameOf(account) {
  return oneLine(account?.display_name) || 'Somebody without a name';
}

/** @param {string} name from `oneLine` @returns {string} up to two letters, perhaps none */
export function initialsOf(name) {
  const words = name.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu) ?? [];
  const first = words[0] ? [...words[0]][0] : '';
  const last = words.length > 1 ? [...words[words.length - 1]][0] : '';
  return (first + last).toLocaleUpperCase();
}
