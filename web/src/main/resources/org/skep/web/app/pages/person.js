/** One person: who they are, whether we follow them, what they wrote. */

import { html, nothing } from 'lit';
import { ApiError, wordsOf } from '../api.js';
import { SkepElement } from '../element.js';
import { nameOf, oneLine } from '../names.js';
import { networkName } from '../networks.js';
import { picture } from '../picture.js';
import { to } from '../router.js';

/** @import {Account, Status} from '../types.js' */

/** How often we look whether somebody new to us has told anything yet. */
const LOOK_AGAIN_MS = 3_000;
/** Sentences of ours with a foreign name in them. */
const SENTENCES_CHARACTERS_MAX = 500;

export class Person extends SkepElement {
  static properties = {
    personId: { attribute: false },
    trouble: { state: true },
    load: { state: true },
  };

  constructor() {
    super();
    this.personId = '';
    this.trouble = '';
    /** Made anew to have the list begin anew. */
    this.load = this.#loader('');
    this.timer = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.timer = setInterval(() => void this.#lookAgain(), LOOK_AGAIN_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.timer);
    this.store.told.delete(this.personId);
  }

  /** @param {Status} status */
  #wroteIt = (status) => status.account.id === this.personId;

  /** @param {string} id */
  #loader(id) {
    return (/** @type {string|undefined} */ next) => this.store.api.statusesOf(id, next);
  }

  /** @param {import('lit').PropertyValues} changed */
  willUpdate(changed) {
    if (!changed.has('personId')) return;
    this.load = this.#loader(this.personId);
    void this.#fetch();
  }

  async #fetch() {
    const id = this.personId;
    this.trouble = '';
    try {
      this.store.keepAccounts([await this.store.api.account(id)]);
    } catch (failure) {
      if (id !== this.personId) return;
      const unknown = failure instanceof ApiError && failure.status === 404;
      this.trouble = unknown ? 'Nobody is known by this address.' : wordsOf(failure);
    }
  }

  /** Somebody who was only just found gets a name and words while one watches. */
  async #lookAgain() {
    const account = this.store.accounts.get(this.personId);
    const silent = account?.statuses_count === 0;
    if (document.hidden || !account || (!silent && account.display_name !== '')) return;
    await this.#fetch();
    const now = this.store.accounts.get(account.id);
    if (silent && now && now.statuses_count > 0 && account.id === this.personId) {
      this.load = this.#loader(account.id);
    }
  }

  render() {
    const account = this.store.accounts.get(this.personId);
    if (!account) {
      return html`<h1 tabindex="-1">Person</h1>
        ${this.trouble
          ? html`<p class="trouble" role="alert">${this.trouble}</p>`
          : html`<p class="quiet" role="status">Looking…</p>`}`;
    }
    const mine = account.id === this.store.me?.id;
    const told = this.store.told.get(account.id);
    return html`<section class="person">
        ${picture(account, 'large')}
        <div>
          <h1 tabindex="-1"><bdi>${nameOf(account)}</bdi></h1>
          <skep-words class="words" .html=${account.note}></skep-words>
          ${mine
            ? html`<p>This is you. <a href=${to.you}>Change what people see</a>.</p>`
            : html`<skep-follow .account=${account} @related=${this.#related}></skep-follow>
                <p><a href=${to.write(account.id)}>Write a letter</a></p>`}
          ${account.skep?.forked
            ? html`<p class="quiet">${oneLine(account.skep.forked, SENTENCES_CHARACTERS_MAX)}</p>`
            : nothing}
          ${told ? html`<p class="told" role="status">${told}</p>` : nothing}
          ${this.#details(account)}
        </div>
      </section>
      ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}
      <h2 class="section">${mine ? 'What you wrote' : 'What they wrote'}</h2>
      <skep-posts
        .load=${this.load}
        .belongs=${this.#wroteIt}
        .empty=${html`<p class="quiet end">
          Nothing has arrived yet. Their words come when their computer, or a friend’s, is reached.
        </p>`}
      ></skep-posts>`;
  }

  /** @param {CustomEvent<string>} event */
  #related(event) {
    if (event.detail === 'block' || event.detail === 'unblock') this.load = this.#loader(this.personId);
  }

  /** @param {Account} account */
  #details(account) {
    const faces = account.skep?.faces ?? [];
    return html`<details>
      <summary>Details for the curious</summary>
      <dl>
        ${faces.map((face) => html`<dt>${networkName(face.network)}</dt><dd><code>${face.id}</code></dd>`)}
        <dt>Short name</dt>
        <dd><code>${account.acct}</code></dd>
      </dl>
    </details>`;
  }
}
