/**
 * The pictures that will stand with a post that is being written: each is sent at once, shown as
 * others will see it, and can be described or taken out. Set `pictures`; a `change` event tells
 * when they are others.
 */

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ApiError, wordsOf } from '../api.js';
import { freshKey } from '../drafts.js';
import { SkepElement } from '../element.js';
import { icon } from '../icons.js';
import { oneLine } from '../names.js';
import { shrunk } from '../shrink.js';

/** @import {Picture} from '../drafts.js' */

const DESCRIPTION_CHARACTERS_MAX = 1_500;

let madeBefore = 0;

export class Picks extends SkepElement {
  static properties = {
    pictures: { attribute: false },
    busy: { type: Boolean },
    trouble: { state: true },
    said: { state: true },
  };

  constructor() {
    super();
    /** @type {Picture[]} */
    this.pictures = [];
    /** Whether nothing may be changed for now. */
    this.busy = false;
    /** @type {string[]} why pictures were not taken, a sentence for each */
    this.trouble = [];
    /** What to tell those who can't see it. */
    this.said = '';
    madeBefore += 1;
    this.fieldId = `picks-${madeBefore}`;
  }

  /** Lets a person choose files. */
  choose() {
    this.querySelector('input')?.click();
  }

  /** Forgets what was refused: something else is being done. */
  calm() {
    this.trouble = [];
    this.said = '';
  }

  /** Takes files in, one after the other. @param {Iterable<File>} files */
  async add(files) {
    this.calm();
    const room = this.store.picturesMax - this.pictures.length;
    const chosen = [...files];
    if (chosen.length > room) {
      this.trouble = [`A post shows at most ${this.store.picturesMax} pictures.`];
    }
    const coming = chosen.slice(0, Math.max(0, room)).map((file) => ({ file, picture: fresh() }));
    this.#become([...this.pictures, ...coming.map(({ picture }) => picture)]);
    for (const { file, picture } of coming) await this.#send(file, picture.key);
  }

  /** @param {File} file @param {string} key */
  async #send(file, key) {
    try {
      const media = await this.store.api.upload(await shrunk(file));
      this.#change(key, { id: media.id, url: media.preview_url });
      this.said = 'The picture was added.';
    } catch (failure) {
      this.#become(this.pictures.filter((picture) => picture.key !== key));
      this.trouble = [...this.trouble, `${oneLine(file.name, 60)}: ${wordsOf(failure)}`];
    }
  }

  /**
   * Looks whether pictures of a draft still wait on the server. @returns {Promise<void>}
   */
  async recall() {
    for (const { key, id } of this.pictures.filter((picture) => picture.id !== '')) {
      try {
        const media = await this.store.api.media(id);
        this.#change(key, { url: media.preview_url });
      } catch (failure) {
        if (!(failure instanceof ApiError) || failure.status !== 404) continue;
        this.#become(this.pictures.filter((picture) => picture.key !== key));
        this.trouble = ['A picture of this draft is not kept any more; please add it again.'];
      }
    }
  }

  /** Says on the server what the descriptions are now. */
  async describe() {
    for (const { key, id, description, told } of this.pictures) {
      if (description.trim() === told) continue;
      try {
        await this.store.api.describeMedia(id, description.trim());
        this.#change(key, { told: description.trim() });
      } catch (failure) {
        // It was posted with an earlier try, whose answer got lost; the next one tells.
        if (!(failure instanceof ApiError) || failure.status !== 404) throw failure;
      }
    }
  }

  /** @param {string} key @param {Partial<Picture>} part */
  #change(key, part) {
    this.#become(
      this.pictures.map((picture) => (picture.key === key ? { ...picture, ...part } : picture)),
    );
  }

  /** @param {Picture[]} pictures */
  #become(pictures) {
    this.pictures = pictures;
    this.dispatchEvent(new CustomEvent('change', { detail: pictures }));
  }

  render() {
    return html`<input
        type="file"
        accept="image/*"
        multiple
        hidden
        tabindex="-1"
        aria-label="Picture files"
        @change=${this.#chosen}
      />
      ${this.pictures.length > 0
        ? html`<ul class="picks">
            ${repeat(
              this.pictures,
              (picture) => picture.key,
              (picture, place) => this.#pick(picture, place),
            )}
          </ul>`
        : nothing}
      ${this.trouble.map((words) => html`<p class="trouble" role="alert">${words}</p>`)}
      <p class="unseen" role="status">${this.said}</p>`;
  }

  /** @param {Picture} picture @param {number} place */
  #pick(picture, place) {
    const which = this.pictures.length > 1 ? ` ${place + 1}` : '';
    const field = `${this.fieldId}-${picture.key}`;
    return html`<li>
      <div class="thumb">
        ${picture.url
          ? html`<img src=${picture.url} alt="" draggable="false" />`
          : html`<progress aria-label="The picture is being made ready"></progress>`}
      </div>
      <div class="about">
        <label for=${field}
          >What is to be seen?<span class="unseen"> On picture${which || ' 1'}</span></label
        >
        <textarea
          id=${field}
          rows="2"
          dir="auto"
          maxlength=${DESCRIPTION_CHARACTERS_MAX}
          placeholder="For those who can’t see it"
          ?readonly=${this.busy}
          .value=${picture.description}
          @input=${(/** @type {Event} */ event) =>
            this.#change(picture.key, {
              description: /** @type {HTMLTextAreaElement} */ (event.target).value,
            })}
        ></textarea>
      </div>
      <button
        type="button"
        class="remove"
        aria-label="Remove picture${which}"
        title="Remove picture${which}"
        ?disabled=${this.busy}
        @click=${() => this.#remove(picture.key)}
      >
        ${icon('close')}
      </button>
    </li>`;
  }

  /** @param {string} key */
  async #remove(key) {
    this.calm();
    this.#become(this.pictures.filter((picture) => picture.key !== key));
    this.said = 'The picture was removed.';
    await this.updateComplete;
    this.dispatchEvent(new CustomEvent('removed'));
  }

  /** @param {Event} event */
  #chosen(event) {
    // A description's own change is nobody's business out here.
    event.stopPropagation();
    const input = /** @type {HTMLInputElement} */ (event.target);
    const files = [...(input.files ?? [])];
    // So that the same file can be chosen again.
    input.value = '';
    void this.add(files);
  }
}

/** @returns {Picture} one that is on its way */
function fresh() {
  return { key: freshKey(), id: '', url: '', description: '', told: '' };
}
