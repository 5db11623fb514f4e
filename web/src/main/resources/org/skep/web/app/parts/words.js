/** Foreign HTML, made harmless and shown. Set `html`, and optionally `mentions` before it. */

import { decode, to } from '../router.js';
import { harmless } from '../sanitise.js';

/** Addresses that name a person in Scuttlebutt's two ways of writing. */
const PERSON = /^(?:ssb:(?:\/\/)?feed\/|ssb:feed:|@[\w+/]{43}=\.ed25519)/i;

export class Words extends HTMLElement {
  #html = '';
  /** @type {{id: string, url: string}[]} */
  #mentions = [];

  /** @param {{id: string, url: string}[]|undefined} mentions */
  set mentions(mentions) {
    this.#mentions = mentions ?? [];
  }

  /** @param {string|undefined} html */
  set html(html) {
    if (this.#html === (html ?? '')) return;
    this.#html = html ?? '';
    this.replaceChildren(harmless(this.#html, (href) => this.#insideLink(href)));
  }

  /** @param {string} href @returns {string|null} */
  #insideLink(href) {
    const mention = this.#mentions.find((one) => one.url !== '' && one.url === href);
    if (mention) return to.person(mention.id);
    return PERSON.test(href) ? to.find(href) : ownPlace(href);
  }
}

/** @param {string} href @returns {string|null} where the server's own address of it leads */
function ownPlace(href) {
  if (!/^https?:/i.test(href) || !URL.canParse(href)) return null;
  const url = new URL(href);
  if (url.host !== location.host) return null;
  const [, kind, words] = /^\/(tags|@[^/]+)\/([^/]+)$/.exec(url.pathname) ?? [];
  if (kind === undefined) return null;
  if (kind === 'tags') return to.tag(decode(words));
  return /^\d{1,20}$/.test(words) ? to.post(words) : null;
}
