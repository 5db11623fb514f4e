/** A list of posts that is loaded page by page. Set `load`; set another one to begin anew. */

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { wordsOf } from '../api.js';
import { SkepElement } from '../element.js';
import { inOrder } from '../ids.js';

/** @import {Status, Page} from '../types.js' */

/**
 * @param {{more: boolean, busy: boolean, trouble: string, end: unknown, load: () => void}} state
 * @returns the foot of every list: more, what went wrong, or its end
 */
export function foot({ more, busy, trouble, end, load }) {
  return html`<div class="foot">
    ${trouble ? html`<p class="trouble" role="alert">${trouble}</p>` : nothing}
    ${busy
      ? html`<p class="quiet" role="status">Looking…</p>`
      : more || trouble
        ? html`<button class="plain" @click=${load}>
            ${trouble ? 'Try again' : 'Show older ones'}
          </button>`
        : end}
  </div>`;
}

export class Posts extends SkepElement {
  static properties = {
    load: { attribute: false },
    belongs: { attribute: false },
    asGiven: { type: Boolean },
    empty: { attribute: false },
    ids: { state: true },
    busy: { state: true },
    trouble: { state: true },
  };

  constructor() {
    super();
    /** @type {((next?: string) => Promise<Page<Status>>)|undefined} */
    this.load = undefined;
    /** @type {(status: Status) => boolean} whether a post that comes by itself is one of these */
    this.belongs = () => false;
    /** Whether the server's order is kept, where it is another than the newest first. */
    this.asGiven = false;
    /** @type {unknown} what to show where there is nothing */
    this.empty = nothing;
    /** @type {string[]} */
    this.ids = [];
    this.busy = false;
    this.trouble = '';
    /** @type {string|null|undefined} undefined before the first page */
    this.next = undefined;
    this.whenCame = (/** @type {Event} */ event) => {
      const status = /** @type {CustomEvent<Status>} */ (event).detail;
      if (this.belongs(status)) this.ids = inOrder([...this.ids, status.id]);
    };
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
    if (!changed.has('load')) return;
    this.ids = [];
    this.next = undefined;
    void this.#more();
  }

  render() {
    const statuses = this.ids
      .map((id) => this.store.statuses.get(id))
      .filter((status) => status !== undefined);
    return html`${repeat(
        statuses,
        (status) => status.id,
        (status) => html`<skep-post .status=${status}></skep-post>`,
      )}
      ${foot({
        more: this.next !== null,
        busy: this.busy,
        trouble: this.trouble,
        end: statuses.length === 0 ? this.empty : html`<p class="quiet end">That is all.</p>`,
        load: () => void this.#more(),
      })}`;
  }

  async #more() {
    const load = this.load;
    if (!load) return;
    this.busy = true;
    this.trouble = '';
    try {
      const page = await load(this.next ?? undefined);
      if (load !== this.load) return;
      const ids = [...this.ids, ...this.store.keep(page.items)];
      this.ids = this.asGiven ? [...new Set(ids)] : inOrder(ids);
      this.next = page.next;
    } catch (failure) {
      if (load === this.load) this.trouble = wordsOf(failure);
    } finally {
      if (load === this.load) this.busy = false;
    }
  }
}
