/**
 * The calm word before the first act that everybody can see and nobody can take back. It is said
 * once: that it was said is remembered by the server, not by this browser.
 */

import { html } from 'lit';
import { SkepElement } from '../element.js';

/** @import {Notices} from '../types.js' */

const WORDS = {
  first_public_post: {
    title: 'Your first public post',
    paragraphs: [
      'Anybody may read this: friends, strangers, people not born yet. It travels from computer to computer, and every one of them may keep a copy.',
      'You can edit or delete it later, and programs that understand will follow; but whoever has a copy may keep it, and nobody can take that back.',
    ],
    yes: 'Post it',
    no: 'Not yet',
  },
  first_follow: {
    title: 'Your first follow',
    paragraphs: [
      'Following is public: anybody may see whom you follow, and that is how posts find their way among friends.',
      'You can stop following at any time, but it can’t be made unseen that you once did.',
    ],
    yes: 'Follow',
    no: 'Not yet',
  },
};

let madeBefore = 0;

export class FirstTime extends SkepElement {
  static properties = { notice: { state: true } };

  constructor() {
    super();
    /** @type {keyof Notices} */
    this.notice = 'first_public_post';
    /** @type {(go: boolean) => void} */
    this.answer = () => {};
    madeBefore += 1;
    this.titleId = `first-time-${madeBefore}`;
  }

  /**
   * @param {keyof Notices} notice
   * @returns {Promise<boolean>} whether to go on; at once where it has been said before
   */
  async ask(notice) {
    if (this.store.notices[notice]) return true;
    this.notice = notice;
    await this.updateComplete;
    const dialog = /** @type {HTMLDialogElement} */ (this.querySelector('dialog'));
    dialog.returnValue = '';
    dialog.showModal();
    const go = await new Promise((resolve) => {
      this.answer = resolve;
    });
    if (go) await this.store.noticed(notice);
    return go;
  }

  render() {
    const words = WORDS[this.notice];
    return html`<dialog aria-labelledby=${this.titleId} @close=${this.#closed}>
      <form method="dialog">
        <h2 id=${this.titleId}>${words.title}</h2>
        ${words.paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}
        <p class="quiet">You will not be asked this again.</p>
        <div class="answers">
          <button class="plain" value="no" autofocus>${words.no}</button>
          <button class="main" value="yes">${words.yes}</button>
        </div>
      </form>
    </dialog>`;
  }

  /** @param {Event} event */
  #closed(event) {
    this.answer(/** @type {HTMLDialogElement} */ (event.target).returnValue === 'yes');
  }
}
