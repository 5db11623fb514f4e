/** Letters by conversation, and the sheet for a new one. Nobody reads them but those they are for. */

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { wordsOf } from '../api.js';
import { SkepElement } from '../element.js';
import { nameOf, oneLine } from '../names.js';
import { foot } from '../parts/posts.js';
import { picture } from '../picture.js';
import { go, to } from '../router.js';
import { exactly, whenOf } from '../times.js';

/** @import {Account, Letters, Status} from '../types.js' */

const BEGINNING_CHARACTERS = 120;

export class LettersPage extends SkepElement {
  static properties = { busy: { state: true }, trouble: { state: true } };

  constructor() {
    super();
    this.busy = false;
    this.trouble = '';
  }

  render() {
    const { conversations: letters, next } = this.store.letterbox;
    return html`<h1 tabindex="-1">Letters</h1>
      <p class="quiet">
        Sealed for those they are written to. To write one, go to <a href=${to.people}>somebody</a>
        and press <em>Write a letter</em>.
      </p>
      <ul class="letters">
        ${repeat(
          letters,
          (one) => one.id,
          (one) => html`<li>${this.#conversation(one)}</li>`,
        )}
      </ul>
      ${foot({
        more: next !== null,
        busy: this.busy,
        trouble: this.trouble,
        end: html`<p class="quiet end">${letters.length === 0 ? 'No letters yet.' : 'That is all.'}</p>`,
        load: () => void this.#more(),
      })}`;
  }

  /** @param {Letters} letters */
  #conversation(letters) {
    const { accounts, last_status: last, unread } = letters;
    const mine = last.account.id === this.store.me?.id;
    const beginning = oneLine(last.spoiler_text || last.skep?.text, BEGINNING_CHARACTERS);
    return html`<a class="letter ${unread ? 'unread' : ''}" href=${to.post(letters.id)}>
      ${picture(accounts[0] ?? this.store.me)}
      <span class="who">
        <span class="name"><bdi>${namesOf(accounts)}</bdi></span>
        <span class="when" title=${exactly(Date.parse(last.created_at))}
          >${whenOf(last, Date.now())}</span
        >
        <span class="beginning" dir="auto">${mine ? 'You: ' : nothing}${beginning}</span>
        ${unread ? html`<span class="unseen">Not read yet</span>` : nothing}
      </span>
    </a>`;
  }

  async #more() {
    this.busy = true;
    this.trouble = '';
    try {
      await this.store.letterbox.load();
    } catch (failure) {
      this.trouble = wordsOf(failure);
    } finally {
      this.busy = false;
    }
  }
}

/** @param {Account[]} accounts the others of a conversation @returns {string} */
export function namesOf(accounts) {
  if (accounts.length === 0) return 'A note to yourself';
  const names = accounts.map((account) => nameOf(account));
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}

export class WritePage extends SkepElement {
  static properties = { personId: { attribute: false }, trouble: { state: true } };

  constructor() {
    super();
    this.personId = '';
    this.trouble = '';
  }

  /** @param {import('lit').PropertyValues} changed */
  updated(changed) {
    if (changed.has('personId') && !this.store.accounts.has(this.personId)) void this.#fetch();
  }

  async #fetch() {
    this.trouble = '';
    try {
      this.store.keepAccounts([await this.store.api.account(this.personId)]);
    } catch (failure) {
      this.trouble = wordsOf(failure);
    }
  }

  render() {
    const account = this.store.accounts.get(this.personId);
    return html`<h1 tabindex="-1">
        A letter${account ? html` to <bdi>${nameOf(account)}</bdi>` : nothing}
      </h1>
      ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}
      ${account
        ? html`<skep-compose .to=${account} @done=${this.#sent}></skep-compose>`
        : nothing}`;
  }

  /** @param {CustomEvent<Status>} event */
  #sent(event) {
    go(to.post(event.detail.id), true);
  }
}
