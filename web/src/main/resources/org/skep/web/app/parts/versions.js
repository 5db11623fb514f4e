/** The mark of a post whose words were changed, and what it said before. */

import { html, nothing } from 'lit';
import { wordsOf } from '../api.js';
import { SkepElement } from '../element.js';
import { oneLine } from '../names.js';
import { exactly, whenOf } from '../times.js';

/** @import {Status, Version} from '../types.js' */

let madeBefore = 0;

export class Versions extends SkepElement {
  static properties = {
    status: { attribute: false },
    versions: { state: true },
    trouble: { state: true },
  };

  constructor() {
    super();
    /** @type {Status|undefined} */
    this.status = undefined;
    /** @type {Version[]|null} the first words first; null while nobody asked */
    this.versions = null;
    this.trouble = '';
    madeBefore += 1;
    this.titleId = `versions-${madeBefore}`;
  }

  render() {
    const edited = this.status?.edited_at;
    if (!edited) return nothing;
    return html`<button class="edited" title=${exactly(Date.parse(edited))} @click=${this.#look}>
        edited
      </button>
      ${this.trouble ? html`<span class="trouble" role="alert">${this.trouble}</span>` : nothing}
      ${this.versions ? this.#dialog(this.versions) : nothing}`;
  }

  /** @param {Version[]} versions */
  #dialog(versions) {
    const status = /** @type {Status} */ (this.status);
    return html`<dialog aria-labelledby=${this.titleId} @close=${this.#closed}>
      <h2 id=${this.titleId}>What it said before</h2>
      <ol class="versions">
        ${versions.toReversed().map(
          (version, place) => html`<li>
            <p class="quiet">
              <time datetime=${version.created_at} title=${exactly(Date.parse(version.created_at))}
                >${whenOf(version, Date.now())}</time
              >${place === 0 ? ', the newest words' : place === versions.length - 1 ? ', the first words' : ''}
            </p>
            ${version.spoiler_text
              ? html`<p class="quiet" dir="auto"><bdi>${oneLine(version.spoiler_text, 200)}</bdi></p>`
              : nothing}
            <skep-words
              class="words"
              .mentions=${status.mentions}
              .html=${version.content}
            ></skep-words>
            ${version.media_attachments.length > 0
              ? html`<skep-gallery .attachments=${version.media_attachments}></skep-gallery>`
              : nothing}
          </li>`,
        )}
      </ol>
      <form method="dialog" class="answers"><button class="plain">Close</button></form>
    </dialog>`;
  }

  /** Said a moment later, when it may have been opened again. @param {Event} event */
  #closed(event) {
    if (!(/** @type {HTMLDialogElement} */ (event.target).open)) this.versions = null;
  }

  async #look() {
    this.trouble = '';
    try {
      this.versions = await this.store.api.history(this.status?.id ?? '');
      await this.updateComplete;
      this.querySelector('dialog')?.showModal();
    } catch (failure) {
      this.trouble = wordsOf(failure);
    }
  }
}
