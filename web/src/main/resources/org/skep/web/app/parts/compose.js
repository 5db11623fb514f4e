/**
 * The box for writing. It always says who can read what is written, keeps a draft, and posts a
 * text once, however often it has to try.
 */

import { html, nothing } from 'lit';
import { ApiError, wordsOf } from '../api.js';
import { emptyDraft, keepDraft, loadDraft } from '../drafts.js';
import { SkepElement } from '../element.js';
import { icon } from '../icons.js';
import { nameOf } from '../names.js';
import { picture } from '../picture.js';

/** @import {Account, Status} from '../types.js' */
/** @import {FirstTime} from './first-time.js' */
/** @import {Picks} from './picks.js' */
/** @import {Picture} from '../drafts.js' */

/** A guide, as the other one is: a seal makes what it holds a third longer. */
const LETTER_CHARACTERS_MAX = 5_000;

let madeBefore = 0;

export class Compose extends SkepElement {
  static properties = {
    parent: { attribute: false },
    to: { attribute: false },
    draft: { state: true },
    warned: { state: true },
    busy: { state: true },
    trouble: { state: true },
    said: { state: true },
  };

  constructor() {
    super();
    /** @type {Status|undefined} what is answered */
    this.parent = undefined;
    /** @type {Account|undefined} for whom alone it is, where it answers nothing */
    this.to = undefined;
    this.draft = emptyDraft();
    /** Whether the content warning's line is open. */
    this.warned = false;
    this.busy = false;
    this.trouble = '';
    /** What to tell after posting, for those who can't see it appear. */
    this.said = '';
    /** Whose pictures were looked for on the server: the key of a draft. */
    this.recalled = '';
    madeBefore += 1;
    this.fieldId = `compose-${madeBefore}`;
  }

  get #about() {
    return this.parent?.id ?? (this.to ? `to ${this.to.id}` : 'new');
  }

  get #isLetter() {
    return this.to !== undefined || this.parent?.visibility === 'direct';
  }

  /** @param {import('lit').PropertyValues} changed */
  willUpdate(changed) {
    if (!this.hasUpdated || changed.has('parent') || changed.has('to')) {
      this.draft = loadDraft(this.store.me?.id ?? '', this.#about);
      this.warned = this.draft.warning !== '';
    }
  }

  /** @param {import('lit').PropertyValues} changed */
  updated(changed) {
    if (changed.has('draft') || changed.has('parent')) this.#grow();
    if (this.recalled === this.draft.onceKey) return;
    this.recalled = this.draft.onceKey;
    if (this.draft.pictures.length > 0) void this.#picks?.recall();
  }

  /** @returns {Picks|null} */
  get #picks() {
    return this.querySelector('skep-picks');
  }

  /** Lets the field be as high as its text, also where the browser can't do so by itself. */
  #grow() {
    const field = this.querySelector('textarea');
    if (!field || CSS.supports('field-sizing', 'content')) return;
    field.rows = Math.min(24, Math.max(3, field.value.split('\n').length + 1));
  }

  focusField() {
    this.querySelector('textarea')?.focus();
  }

  render() {
    const answered = this.parent ? nameOf(this.parent.account) : '';
    const label = this.parent
      ? `Your reply to ${answered}`
      : this.to
        ? `Your letter to ${nameOf(this.to)}`
        : 'Write a post';
    return html`<form
        class="compose"
        @submit=${this.#submit}
        @keydown=${this.#keys}
        @paste=${this.#pasted}
        @dragover=${this.#draggedOver}
        @drop=${this.#dropped}
      >
        ${picture(this.store.me)}
        <div class="sheet">
          ${this.warned ? this.#warning() : nothing}
          <label class="unseen" for=${this.fieldId}>${label}</label>
          <textarea
            id=${this.fieldId}
            rows="3"
            dir="auto"
            placeholder=${this.parent || this.to ? label : 'What would you like to tell?'}
            aria-describedby="${this.fieldId}-readers"
            ?readonly=${this.busy}
            .value=${this.draft.text}
            @input=${this.#typed}
          ></textarea>
          <skep-picks
            .pictures=${this.draft.pictures}
            ?busy=${this.busy}
            @change=${this.#picked}
            @removed=${this.focusField}
          ></skep-picks>
          ${this.#audience()}
          ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}
          ${this.#actions()}
        </div>
      </form>
      <p class="unseen" role="status">${this.said}</p>
      <skep-first-time></skep-first-time>`;
  }

  #warning() {
    return html`<label class="field"
      >Content warning
      <input
        dir="auto"
        maxlength="200"
        placeholder="What should people know before they open it?"
        ?readonly=${this.busy}
        .value=${this.draft.warning}
        @input=${this.#warningTyped}
    /></label>`;
  }

  #audience() {
    if (this.#isLetter) return this.#readers();
    return html`<p class="readers" id="${this.fieldId}-readers">
      ${icon('world')}
      <span
        >Who can read this: <strong>Anybody, for ever.</strong>
        <span class="quiet">For one person, write a letter.</span></span
      >
    </p>`;
  }

  #readers() {
    const me = this.store.me?.id;
    const others = (this.parent?.skep?.readers ?? []).filter((reader) => reader.id !== me);
    const names = this.to
      ? [nameOf(this.to)]
      : others.map((reader) => nameOf(reader));
    return html`<p class="readers" id="${this.fieldId}-readers">
      ${icon('letter')}
      <span
        >Who can read this: <strong><bdi>${names.join(', ')}</bdi>${names.length > 0 ? ' and you' : 'Only you'}.</strong>
        <span class="quiet"
          >Nobody else, also not those who carry it: they see that you wrote something, and how
          long it is.</span
        ></span
      >
    </p>`;
  }

  #actions() {
    const most = this.#isLetter ? LETTER_CHARACTERS_MAX : this.store.charactersMax;
    const left = most - [...this.draft.text].length;
    const { pictures } = this.draft;
    return html`<div class="actions">
      ${this.#isLetter
        ? nothing
        : html`<button
            type="button"
            class="plain"
            ?disabled=${this.busy || pictures.length >= this.store.picturesMax}
            @click=${() => this.#picks?.choose()}
          >
            ${icon('picture')}Add a picture
          </button>`}
      <button
        type="button"
        class="plain"
        aria-pressed=${this.warned ? 'true' : 'false'}
        ?disabled=${this.busy}
        @click=${this.#toggleWarning}
      >
        Content warning
      </button>
      ${this.draft.text === '' ? nothing : html`<span class="left ${left < 0 ? 'over' : ''}">${lettersLeft(left)}</span>`}
      <button class="main" ?disabled=${this.busy || !this.#ready || left < 0}>
        ${this.busy ? 'Posting…' : this.#isLetter ? 'Send' : this.parent ? 'Reply' : 'Post'}
      </button>
    </div>`;
  }

  /** Whether there is something to post, and all of it is here. */
  get #ready() {
    const { text, pictures } = this.draft;
    return (
      (text.trim() !== '' || pictures.length > 0) && pictures.every((picture) => picture.id !== '')
    );
  }

  /** @param {Event} event */
  #picked(event) {
    // The fields within tell of their changes too.
    if (event instanceof CustomEvent) this.#change({ pictures: event.detail });
  }

  /** @param {ClipboardEvent} event */
  #pasted(event) {
    this.#take(event, event.clipboardData);
  }

  /** @param {DragEvent} event */
  #draggedOver(event) {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  }

  /** @param {DragEvent} event */
  #dropped(event) {
    this.#take(event, event.dataTransfer);
  }

  /** @param {Event} event @param {DataTransfer|null} brought */
  #take(event, brought) {
    const files = [...(brought?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    if (this.#isLetter) this.trouble = 'So far a letter carries words only.';
    else if (!this.busy) void this.#picks?.add(files);
  }

  /** @param {Event} event */
  #typed(event) {
    this.#change({ text: /** @type {HTMLTextAreaElement} */ (event.target).value });
  }

  /** @param {Event} event */
  #warningTyped(event) {
    this.#change({ warning: /** @type {HTMLInputElement} */ (event.target).value });
  }

  #toggleWarning() {
    this.warned = !this.warned;
    if (!this.warned) this.#change({ warning: '' });
  }

  /** @param {{text?: string, warning?: string, pictures?: Picture[]}} part */
  #change(part) {
    this.draft = { ...this.draft, ...part };
    this.trouble = '';
    this.said = '';
    keepDraft(this.store.me?.id ?? '', this.#about, this.draft);
  }

  /** @param {KeyboardEvent} event */
  #keys(event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void this.#submit(event);
  }

  /** @param {Event} event */
  async #submit(event) {
    event.preventDefault();
    if (this.busy || !this.#ready) return;
    this.busy = true;
    this.trouble = '';
    this.#picks?.calm();
    try {
      await this.#post();
    } catch (failure) {
      if (failure instanceof ApiError && failure.status === 422) this.#takeNewKey();
      this.trouble = wordsOf(failure);
    } finally {
      this.busy = false;
    }
  }

  /**
   * This text was refused, so that nothing was posted of it. Where the reason is that another text
   * went out under the same key (from another window with the same draft), the next try is a post of
   * its own.
   */
  #takeNewKey() {
    this.draft = { ...this.draft, onceKey: emptyDraft().onceKey };
    keepDraft(this.store.me?.id ?? '', this.#about, this.draft);
  }

  async #post() {
    const asker = /** @type {FirstTime} */ (this.querySelector('skep-first-time'));
    if (!this.#isLetter && !(await asker.ask('first_public_post'))) return;
    await this.#picks?.describe();
    const { text, warning, pictures, onceKey } = this.draft;
    const status = await this.store.post(
      {
        status: text,
        visibility: this.#isLetter ? 'direct' : 'public',
        ...(this.to ? { skep_to: [this.to.id] } : {}),
        ...(warning.trim() ? { spoiler_text: warning.trim() } : {}),
        ...(this.parent ? { in_reply_to_id: this.parent.id } : {}),
        ...(pictures.length > 0 ? { media_ids: pictures.map((picture) => picture.id) } : {}),
      },
      onceKey,
    );
    this.draft = emptyDraft();
    this.warned = false;
    keepDraft(this.store.me?.id ?? '', this.#about, this.draft);
    this.said = this.#isLetter
      ? 'Your letter is on its way.'
      : this.parent
        ? 'Your reply was posted.'
        : 'Your post was posted.';
    this.dispatchEvent(new CustomEvent('done', { detail: status }));
  }
}

/** @param {number} left @returns {string} */
function lettersLeft(left) {
  if (left < 0) return `${(-left).toLocaleString('en-GB')} characters too long`;
  return `${left.toLocaleString('en-GB')} left`;
}
