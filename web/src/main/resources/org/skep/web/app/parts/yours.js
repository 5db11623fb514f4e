/** What its author can do with a post that is out: say it anew, or take it back. */

import { html, nothing } from 'lit';
import { wordsOf } from '../api.js';
import { SkepElement } from '../element.js';
import { icon } from '../icons.js';

/** @import {Status} from '../types.js' */

let madeBefore = 0;

export class Yours extends SkepElement {
  static properties = {
    status: { attribute: false },
    editing: { state: true },
    asking: { state: true },
    busy: { state: true },
    trouble: { state: true },
  };

  constructor() {
    super();
    /** @type {Status|undefined} */
    this.status = undefined;
    this.editing = false;
    /** Whether it is asked if the post shall go. */
    this.asking = false;
    this.busy = false;
    this.trouble = '';
    madeBefore += 1;
    this.idBase = `yours-${madeBefore}`;
  }

  render() {
    const status = this.status;
    if (!status) return nothing;
    return html`<button
        class="act brief"
        title="Edit"
        aria-expanded=${this.editing ? 'true' : 'false'}
        @click=${this.#toggle}
      >
        ${icon('pen')}<span>Edit</span>
      </button>
      ${status.skep?.held_until
        ? nothing
        : html`<button class="act brief" title="Delete" @click=${this.#ask}>${icon('bin')}<span>Delete</span></button>`}
      ${this.editing ? this.#form(status) : nothing}
      ${this.asking ? this.#dialog(status) : nothing}
      ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}`;
  }

  /** @param {Status} status */
  #form(status) {
    return html`<form class="edit" @submit=${this.#save} @keydown=${this.#keys}>
      <label class="unseen" for="${this.idBase}-text">The new words</label>
      <textarea
        id="${this.idBase}-text"
        name="text"
        rows="3"
        dir="auto"
        ?readonly=${this.busy}
        .value=${status.skep?.text ?? ''}
      ></textarea>
      <label class="field"
        >Content warning
        <input
          name="warning"
          dir="auto"
          maxlength="200"
          placeholder="None"
          ?readonly=${this.busy}
          .value=${status.spoiler_text}
      /></label>
      <p class="quiet">
        ${status.skep?.held_until
          ? 'Nobody else has it yet: only the new words go out.'
          : 'Everybody can see that it was edited, and what it said before. Some programs go on showing the old words.'}
      </p>
      <div class="actions">
        <button type="button" class="plain" ?disabled=${this.busy} @click=${this.#toggle}>
          Leave it
        </button>
        <button class="main" ?disabled=${this.busy}>${this.busy ? 'Saving…' : 'Save'}</button>
      </div>
    </form>`;
  }

  /** @param {Status} status */
  #dialog(status) {
    const what = status.visibility === 'direct' ? 'letter' : 'post';
    return html`<dialog aria-labelledby="${this.idBase}-title" @close=${this.#closed}>
      <h2 id="${this.idBase}-title">Delete this ${what}?</h2>
      <p>
        It disappears here, and from every program that understands this. That can’t be undone.
      </p>
      <p>
        Words that are out can’t be taken back for sure: others may have kept a copy, and some
        programs go on showing it.
      </p>
      <form method="dialog" class="answers">
        <button class="plain" ?disabled=${this.busy}>Keep it</button>
        <button type="button" class="grave" ?disabled=${this.busy} @click=${this.#remove}>
          Delete
        </button>
      </form>
    </dialog>`;
  }

  async #toggle() {
    this.editing = !this.editing;
    this.trouble = '';
    await this.updateComplete;
    this.querySelector(this.editing ? 'textarea' : 'button')?.focus();
  }

  async #ask() {
    this.asking = true;
    this.trouble = '';
    await this.updateComplete;
    this.querySelector('dialog')?.showModal();
  }

  /** Said a moment later, when it may have been opened again. @param {Event} event */
  #closed(event) {
    this.asking = /** @type {HTMLDialogElement} */ (event.target).open;
  }

  /** @param {KeyboardEvent} event */
  #keys(event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void this.#save(event);
    else if (event.key === 'Escape') void this.#toggle();
  }

  /** @param {Event} event */
  async #save(event) {
    event.preventDefault();
    const form = this.querySelector('form.edit');
    const status = this.status;
    if (this.busy || !status || !(form instanceof HTMLFormElement)) return;
    const fields = new FormData(form);
    await this.#do(async () => {
      const words = {
        status: String(fields.get('text')),
        spoiler_text: String(fields.get('warning')).trim(),
      };
      this.store.keep([await this.store.api.edit(status.id, words)]);
      this.editing = false;
    });
  }

  async #remove() {
    const status = this.status;
    if (this.busy || !status) return;
    await this.#do(async () => {
      await this.store.api.remove(status.id);
      this.store.gone(status.id);
    });
    this.querySelector('dialog')?.close();
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
