/** A conversation: what came before, the post itself, and what was answered. */

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ApiError, wordsOf } from '../api.js';
import { SkepElement } from '../element.js';

/** @import {Status} from '../types.js' */

export class Thread extends SkepElement {
  static properties = {
    id: { attribute: false },
    before: { state: true },
    after: { state: true },
    trouble: { state: true },
  };

  constructor() {
    super();
    this.id = '';
    /** @type {string[]} */
    this.before = [];
    /** @type {string[]} */
    this.after = [];
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

  updated(changed) {
    if (!changed.has('id')) return;
    this.before = [];
    this.after = [];
    void this.#load();
  }

  async #load() {
    const id = this.id;
    this.trouble = '';
    try {
      const [status, context] = await Promise.all([
        this.store.api.status(id),
        this.store.api.context(id),
      ]);
      if (id !== this.id) return;
      this.store.keep([status]);
      this.before = this.store.keep(context.ancestors);
      this.after = this.store.keep(context.descendants);
      await this.updateComplete;
      if (this.before.length > 0) this.querySelector('.whole')?.scrollIntoView({ block: 'center' });
    } catch (failure) {
      const gone = failure instanceof ApiError && failure.status === 404;
      this.trouble = gone ? 'This post is not here, or not any more.' : wordsOf(failure);
    }
  }

  /** @param {Status} status */
  #came(status) {
    const parent = status.in_reply_to_id ?? '';
    const ours = parent === this.id || this.after.includes(parent);
    if (ours && !this.after.includes(status.id)) this.after = [...this.after, status.id];
  }

  render() {
    const status = this.store.statuses.get(this.id);
    return html`<h1 tabindex="-1">Conversation</h1>
      ${this.trouble
        ? html`<div class="foot">
            <p class="trouble" role="alert">${this.trouble}</p>
            <button class="plain" @click=${this.#load}>Try again</button>
          </div>`
        : nothing}
      <div class="before">${this.#list(this.before)}</div>
      ${status ? html`<skep-post whole .status=${status}></skep-post>` : nothing}
      <div class="after">${this.#list(this.after)}</div>
      ${status && !this.trouble && this.after.length === 0
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
