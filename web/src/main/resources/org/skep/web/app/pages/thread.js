/** A conversation: what came before, the post itself, and what was answered. */

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ApiError, wordsOf } from '../api.js';
import { SkepElement } from '../element.js';

/** @import {Status} from '../types.js' */

export class Thread extends SkepElement {
  static properties = {
    postId: { attribute: false },
    ancestors: { state: true },
    descendants: { state: true },
    trouble: { state: true },
  };

  constructor() {
    super();
    this.postId = '';
    /** @type {string[]} */
    this.ancestors = [];
    /** @type {string[]} */
    this.descendants = [];
    this.trouble = '';
    this.whenCame = (/** @type {Event} */ event) =>
      this.#came(/** @type {CustomEvent<Status>} */ (event).detail);
  }

  connectedCallback() {
    super.connectedCallback();
    this.store.addEventListener('came', this.whenCame);
    this.store.addEventListener('posted', this.whenCame);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.store.removeEventListener('came', this.whenCame);
    this.store.removeEventListener('posted', this.whenCame);
  }

  /** @param {import('lit').PropertyValues} changed */
  updated(changed) {
    if (!changed.has('postId')) return;
    this.ancestors = [];
    this.descendants = [];
    void this.#load();
  }

  async #load() {
    const id = this.postId;
    this.trouble = '';
    try {
      const [status, context] = await Promise.all([
        this.store.api.status(id),
        this.store.api.context(id),
      ]);
      if (id !== this.postId) return;
      this.store.keep([status]);
      this.ancestors = this.store.keep(context.ancestors);
      this.descendants = this.store.keep(context.descendants);
      if (status.visibility === 'direct') await this.store.letterbox.read(id);
      await this.updateComplete;
      if (this.ancestors.length > 0) this.querySelector('.whole')?.scrollIntoView({ block: 'center' });
    } catch (failure) {
      const gone = failure instanceof ApiError && failure.status === 404;
      this.trouble = gone ? 'This post is not here, or not any more.' : wordsOf(failure);
    }
  }

  /** @param {Status} status */
  #came(status) {
    const parent = status.in_reply_to_id ?? '';
    const ours = parent === this.postId || this.descendants.includes(parent);
    if (!ours || this.descendants.includes(status.id)) return;
    this.descendants = [...this.descendants, status.id];
    if (status.visibility === 'direct') void this.#read(status.id);
  }

  /** @param {string} id of a letter that came while one looks */
  async #read(id) {
    try {
      await this.store.letterbox.read(id);
    } catch (failure) {
      this.trouble = wordsOf(failure);
    }
  }

  render() {
    const status = this.store.statuses.get(this.postId);
    return html`<h1 tabindex="-1">Conversation</h1>
      ${this.trouble
        ? html`<div class="foot">
            <p class="trouble" role="alert">${this.trouble}</p>
            <button class="plain" @click=${this.#load}>Try again</button>
          </div>`
        : nothing}
      <div class="before">${this.#list(this.ancestors)}</div>
      ${status ? html`<skep-post whole .status=${status}></skep-post>` : nothing}
      <div class="after">${this.#list(this.descendants)}</div>
      ${status && !this.trouble && this.descendants.length === 0
        ? html`<p class="quiet end">Nobody has answered yet.</p>`
        : nothing}`;
  }

  /** @param {string[]} ids */
  #list(ids) {
    const statuses = ids
      .map((id) => this.store.statuses.get(id))
      .filter((status) => status !== undefined);
    return repeat(
      statuses,
      (status) => status.id,
      (status) => html`<skep-post .status=${status}></skep-post>`,
    );
  }
}
