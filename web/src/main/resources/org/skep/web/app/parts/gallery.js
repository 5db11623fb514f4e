/** The pictures and files that stand with a post. Set `attachments`. */

import { html, nothing } from 'lit';
import { SkepElement } from '../element.js';
import { icon } from '../icons.js';
import { oneLine } from '../names.js';

/** @import {MediaAttachment} from '../types.js' */

const DESCRIPTION_CHARACTERS_MAX = 1_500;

/** @type {Record<number, string>} how so many tiles lie; more lie in a grid of three columns */
const LAYOUTS = { 1: 'one', 2: 'two', 3: 'three', 4: 'four' };

export class Gallery extends SkepElement {
  static properties = {
    attachments: { attribute: false },
    lost: { state: true },
    opened: { state: true },
  };

  constructor() {
    super();
    /** @type {MediaAttachment[]} */
    this.attachments = [];
    /** @type {Set<string>} addresses that could not be loaded */
    this.lost = new Set();
    /** @type {number|null} the place of the picture that is shown large */
    this.opened = null;
  }

  /** @param {import('lit').PropertyValues} changed */
  willUpdate(changed) {
    const before = changed.get('attachments');
    // What came meanwhile is tried anew.
    if (before && JSON.stringify(before) !== JSON.stringify(this.attachments)) this.lost = new Set();
  }

  /** @param {import('lit').PropertyValues} changed */
  updated(changed) {
    const dialog = this.querySelector('dialog');
    if (!changed.has('opened') || !dialog) return;
    if (!dialog.open) dialog.showModal();
    // A button that has just been switched off lets go of the keyboard.
    if (!dialog.contains(document.activeElement)) {
      /** @type {HTMLElement|null} */ (dialog.querySelector('[autofocus]'))?.focus();
    }
  }

  get #seen() {
    return this.attachments.filter((one) => one.type === 'image' && !this.lost.has(one.url));
  }

  render() {
    const tiles = this.attachments.filter(isPicture);
    const files = this.attachments.filter((one) => !isPicture(one));
    const pictures = this.#seen;
    return html`${tiles.length > 0
        ? html`<div class="gallery ${LAYOUTS[tiles.length] ?? 'many'}">
            ${tiles.map((one) => {
              const place = pictures.indexOf(one);
              return place < 0
                ? awaited(one, this.lost.has(one.url))
                : this.#tile(one, place, tiles.length === 1);
            })}
          </div>`
        : nothing}
      ${files.length > 0
        ? html`<ul class="files">
            ${files.map((one) => html`<li>${file(one)}</li>`)}
          </ul>`
        : nothing}
      ${this.opened === null ? nothing : this.#large(pictures)}`;
  }

  /** @param {MediaAttachment} one @param {number} place @param {boolean} alone */
  #tile(one, place, alone) {
    const size = alone ? one.meta?.original : undefined;
    return html`<a
      class="tile ${size ? 'sized' : ''}"
      href=${one.url}
      target="_blank"
      rel="noopener noreferrer"
      @click=${(/** @type {MouseEvent} */ event) => this.#open(event, place)}
      >${size ? sizer(size.width, size.height) : nothing}<img
        src=${one.preview_url}
        alt=${wordsFor(one)}
        decoding="async"
        draggable="false"
        @error=${() => (this.lost = new Set([...this.lost, one.url]))}
    /></a>`;
  }

  /** @param {MouseEvent} event @param {number} place */
  #open(event, place) {
    // As with every link: another window for whoever asks for it.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    this.opened = place;
  }

  /** @param {MediaAttachment[]} pictures */
  #large(pictures) {
    const place = Math.min(this.opened ?? 0, pictures.length - 1);
    const one = pictures[place];
    if (!one) return nothing;
    const several = pictures.length > 1;
    const description = oneLine(one.description, DESCRIPTION_CHARACTERS_MAX);
    return html`<dialog
      class="viewer"
      aria-label="Picture"
      @close=${() => (this.opened = null)}
      @click=${this.#besides}
      @keydown=${(/** @type {KeyboardEvent} */ event) => this.#keys(event, pictures.length)}
    >
      <img src=${one.url} alt=${wordsFor(one)} />
      <div class="below">
        ${description ? html`<p dir="auto">${description}</p>` : nothing}
        <div class="answers">
          ${several
            ? html`<button
                  class="round"
                  aria-label="Previous picture"
                  ?disabled=${place === 0}
                  @click=${() => (this.opened = place - 1)}
                >
                  ${icon('back')}</button
                ><span class="which" aria-live="polite">${place + 1} of ${pictures.length}</span
                ><button
                  class="round"
                  aria-label="Next picture"
                  ?disabled=${place === pictures.length - 1}
                  @click=${() => (this.opened = place + 1)}
                >
                  ${icon('next')}
                </button>`
            : nothing}
          <button class="round" aria-label="Close" autofocus @click=${this.#close}>
            ${icon('close')}
          </button>
        </div>
      </div>
    </dialog>`;
  }

  #close() {
    this.querySelector('dialog')?.close();
  }

  /** Pressing beside the picture closes it. @param {MouseEvent} event */
  #besides(event) {
    if (event.target === event.currentTarget) this.#close();
  }

  /** @param {KeyboardEvent} event @param {number} count */
  #keys(event, count) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0;
    const next = (this.opened ?? 0) + step;
    if (step === 0 || next < 0 || next >= count) return;
    event.preventDefault();
    this.opened = next;
  }
}

/** Keeps the room of a picture before it is loaded. @param {number} width @param {number} height */
function sizer(width, height) {
  return html`<svg
    class="sizer"
    width=${width}
    height=${height}
    viewBox="0 0 ${width} ${height}"
    aria-hidden="true"
  ></svg>`;
}

/** @param {MediaAttachment} one that is not here @param {boolean} lost it was said to be here */
function awaited(one, lost) {
  const description = oneLine(one.description, 300);
  return html`<div class="tile awaited">
    ${icon('picture')}
    <p>
      ${lost ? 'This picture can’t be shown just now.' : 'This picture is on its way.'}
      ${description ? html`<span class="described" dir="auto">${description}</span>` : nothing}
    </p>
  </div>`;
}

/** @param {MediaAttachment} one */
function file(one) {
  const words = oneLine(one.description, 120) || 'A file';
  if (!one.skep?.here) return html`${icon('paper')}<span><bdi>${words}</bdi> is on its way.</span>`;
  return html`${icon('paper')}<a href=${one.url} target="_blank" rel="noopener noreferrer" download
      ><bdi>${words}</bdi></a
    >`;
}

/** @param {MediaAttachment} one whether it is a picture, or as far as is known will be one */
function isPicture(one) {
  if (one.type === 'image') return true;
  return !one.skep?.here && /^(image\/|$)/.test(one.skep?.media_type ?? '');
}

/** @param {MediaAttachment} one what stands for it where it can't be seen */
function wordsFor(one) {
  return oneLine(one.description, DESCRIPTION_CHARACTERS_MAX) || 'A picture without a description';
}
