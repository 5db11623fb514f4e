/**
 * A picture for everybody: the one she chose where it is here, else one woven from her id, so that
 * the same person looks the same on every screen, and two people with one name do not look alike.
 */

import { html, nothing, svg } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { initialsOf, oneLine } from './names.js';

/** @import {Account} from './types.js' */

/** @param {string} text @returns {number} FNV-1a, 32 bits: only spreads, guards nothing */
function spread(text) {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** Pairs of ground and thread: earth, moss, sea, slate, plum, rose, rust, straw,
 * fir, ink, stone, beet. */
const CLOTHS = [
  ['#7a4f35', '#a3714f'],
  ['#55683a', '#7d9257'],
  ['#1f6670', '#3f8f97'],
  ['#44586e', '#6a8199'],
  ['#6a4a72', '#8f6d97'],
  ['#94485a', '#b96f80'],
  ['#a04a2f', '#c77252'],
  ['#86651d', '#b08c3c'],
  ['#2f5d46', '#4f8468'],
  ['#3f4a86', '#6470b0'],
  ['#5d5148', '#857769'],
  ['#8a3f74', '#b06699'],
];

/** Addresses of pictures that were seen on this page, and need no other until they are loaded. */
const seen = new Set();

/**
 * @param {Account|null|undefined} account
 * @param {'middle'|'large'} [size]
 */
export function picture(account, size = 'middle') {
  const address = chosenPicture(account);
  return html`<span class="picture ${size}" aria-hidden="true"
    >${woven(account)}${address ? keyed(address, chosen(address)) : nothing}</span
  >`;
}

/**
 * Where the picture that somebody chose is found; it lies on a site of its own.
 *
 * @param {Account|null|undefined} account
 * @returns {string} empty when there is none here
 */
export function chosenPicture(account) {
  const address = account?.avatar ?? '';
  return /^https?:\/\/[^/]+\/blob\//.test(address) ? address : '';
}

/** Lies over the woven one, and is seen when it is loaded. @param {string} address */
function chosen(address) {
  return html`<img
    class=${seen.has(address) ? 'loaded' : ''}
    src=${address}
    alt=""
    draggable="false"
    @load=${(/** @type {Event} */ event) => {
      seen.add(address);
      /** @type {Element} */ (event.target).classList.add('loaded');
    }}
    @error=${(/** @type {Event} */ event) => {
      seen.delete(address);
      /** @type {Element} */ (event.target).classList.remove('loaded');
    }}
  />`;
}

/** @param {Account|null|undefined} account */
function woven(account) {
  const seed = spread(everywhereSame(account));
  const [ground, thread] = CLOTHS[seed % CLOTHS.length];
  const initials = initialsOf(oneLine(account?.display_name));
  return html`<svg viewBox="0 0 48 48">
    <rect width="48" height="48" fill=${ground} />
    ${weave(seed, thread)}
    <text x="24" y="25" text-anchor="middle" dominant-baseline="central" fill="#fffaf0">
      ${initials}
    </text>
  </svg>`;
}

/**
 * What others know this person by: in their windows she has the same picture.
 *
 * @param {Account|null|undefined} account
 * @returns {string}
 */
function everywhereSame(account) {
  const faces = account?.skep?.faces ?? [];
  const abroad = faces.find((face) => face.network !== 'home');
  return (abroad ?? faces[0])?.id ?? account?.uri ?? '';
}

/** A 6 by 6 cloth, mirrored left to right. @param {number} seed @param {string} thread */
function weave(seed, thread) {
  const stitches = [];
  for (let row = 0; row < 6; row += 1) {
    for (let column = 0; column < 3; column += 1) {
      if (((seed >>> (5 + row * 3 + column)) & 1) === 0) continue;
      for (const x of [column, 5 - column]) {
        stitches.push(
          svg`<rect x=${x * 7 + 4.2} y=${row * 7 + 4.2} width="5.6" height="5.6" rx="1.6" fill=${thread} opacity="0.75" />`,
        );
      }
    }
  }
  return stitches;
}
