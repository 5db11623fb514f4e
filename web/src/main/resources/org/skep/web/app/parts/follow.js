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

  willUpdate() {
    const id = this.account?.id;
    if (id === undefined || id === this.asked) return;
    // Whatever was going on concerned somebody else.
    this.asked = id;
    this.relationship = undefined;
    this.asking = false;
    void this.#do(async () => {
      this.#stand(id, await this.store.api.relationship(id));
    });
  }

  /** @param {string} id whom it is about @param {Relationship|undefined} relationship */
  #stand(id, relationship) {
    if (id === this.account?.id) this.relationship = relationship;
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
      return html`<p>
          You blocked ${name}: you don’t see what they
          write.${relationship.skep?.blocking_told ? ' Your friends know of it.' : ''}
        </p>
        <button class="plain" ?disabled=${this.busy} @click=${() => this.#relate('unblock')}>
          Unblock
        </button>`;
    }
    if (this.asking) {
      return html`<p>Block ${name}? You won’t see what they write any more.</p>
        <label class="tell">
          <input type="checkbox" />
          <span>
            Tell my friends. On Scuttlebutt anybody can see it then, they too; otherwise nobody
            hears of it.
          </span>
        </label>
        <button class="plain" @click=${() => (this.asking = false)}>Leave it</button>
        <button class="grave" ?disabled=${this.busy} @click=${this.#block}>Block</button>`;
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
    const id = this.account?.id ?? '';
    await this.#do(async () => {
      if (await asker.ask('first_follow')) await this.#tell(id, 'follow');
    });
  }

  async #block() {
    const box = /** @type {HTMLInputElement|null} */ (this.querySelector('.tell input'));
    await this.#relate('block', { skep_tell: box?.checked ?? false });
  }

  /** @param {'unfollow'|'block'|'unblock'} act @param {{skep_tell?: boolean}} [how] */
  async #relate(act, how) {
    const id = this.account?.id ?? '';
    await this.#do(() => this.#tell(id, act, how));
  }

  /**
   * @param {string} id
   * @param {'follow'|'unfollow'|'block'|'unblock'} act
   * @param {{skep_tell?: boolean}} [how]
   */
  async #tell(id, act, how) {
    const relationship = await this.store.relate(id, act, how);
    if (id !== this.account?.id) return;
    this.relationship = relationship;
    this.asking = false;
    this.dispatchEvent(new CustomEvent('related', { detail: act }));
  }

  /** Says what went wrong, unless this is about somebody else by then. @param {() => Promise<void>} act */
  async #do(act) {
    const id = this.account?.id;
    this.busy = true;
    this.trouble = '';
    try {
      await act();
    } catch (failure) {
      if (id === this.account?.id) this.trouble = wordsOf(failure);
    } finally {
      if (id === this.account?.id) this.busy = false;
    }
  }
}

/** @param {Relationship} relationship @returns {string} */
function standing(relationship) {
  if (relationship.blocked_by) return 'They blocked you.';
  if (relationship.following && relationship.followed_by) return 'You follow each other.';
  if (relationship.following) return 'You follow them.';
  return relationship.followed_by ? 'They follow you.' : '';
}
