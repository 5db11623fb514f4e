/** Follow and block, for one person. Set `account`; `relationship` is asked for. */

import { html, nothing } from 'lit';
import { wordsOf } from '../api.js';
import { SkepElement } from '../element.js';
import { nameOf } from '../names.js';

/** @import {Account, Relationship} from '../types.js' */
/** @import {FirstTime} from './first-time.js' */

export class Follow extends SkepElement {
  static properties = {
    account: { attribute: false },
    relationship: { state: true },
    asking: { state: true },
    busy: { state: true },
    trouble: { state: true },
  };

  constructor() {
    super();
    /** @type {Account|undefined} */
    this.account = undefined;
    /** @type {Relationship|undefined} */
    this.relationship = undefined;
    /** Whether we ask once more before blocking. */
    this.asking = false;
    this.busy = false;
    this.trouble = '';
    this.asked = '';
  }

  updated() {
    const id = this.account?.id;
    if (id === undefined || id === this.asked) return;
    this.asked = id;
    this.relationship = undefined;
    void this.#do(async () => {
      this.relationship = await this.store.api.relationship(id);
    });
  }

  render() {
    const account = this.account;
    if (!account || account.id === this.store.me?.id) return nothing;
    return html`<div class="follow">
      ${this.relationship ? this.#buttons(account, this.relationship) : nothing}
      ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}
      <skep-first-time></skep-first-time>
    </div>`;
  }

  /** @param {Account} account @param {Relationship} relationship */
  #buttons(account, relationship) {
    const name = html`<bdi>${nameOf(account)}</bdi>`;
    if (relationship.blocking) {
      return html`<p>You blocked ${name}: you don’t see what they write.</p>
        <button class="plain" ?disabled=${this.busy} @click=${() => this.#relate('unblock')}>
          Unblock
        </button>`;
    }
    if (this.asking) {
      return html`<p>Block ${name}? You won’t see what they write any more.</p>
        <button class="plain" @click=${() => (this.asking = false)}>Leave it</button>
        <button class="grave" ?disabled=${this.busy} @click=${() => this.#relate('block')}>
          Block
        </button>`;
    }
    return html`${relationship.following
        ? html`<button class="plain" ?disabled=${this.busy} @click=${() => this.#relate('unfollow')}>
            Stop following
          </button>`
        : html`<button class="main" ?disabled=${this.busy} @click=${this.#follow}>Follow</button>`}
      <button class="plain" ?disabled=${this.busy} @click=${() => (this.asking = true)}>
        Block
      </button>
      <span class="quiet">${standing(relationship)}</span>`;
  }

  async #follow() {
    const asker = /** @type {FirstTime} */ (this.querySelector('skep-first-time'));
    if (await asker.ask('first_follow')) await this.#relate('follow');
  }

  /** @param {'follow'|'unfollow'|'block'|'unblock'} act */
  async #relate(act) {
    const id = this.account?.id ?? '';
    await this.#do(async () => {
      this.relationship = await this.store.relate(id, act);
      this.asking = false;
      this.dispatchEvent(new CustomEvent('related', { detail: act }));
    });
  }

  /** @param {() => Promise<void>} act */
  async #do(act) {
    this.busy = true;
    this.trouble = '';
    try {
      await act();
    } catch (failure) {
      this.trouble = wordsOf(failure);
    } finally {
      this.busy = false;
    }
  }
}

/** @param {Relationship} relationship @returns {string} */
function standing(relationship) {
  if (relationship.following && relationship.followed_by) return 'You follow each other.';
  if (relationship.following) return 'You follow them.';
  return relationship.followed_by ? 'They follow you.' : '';
}
