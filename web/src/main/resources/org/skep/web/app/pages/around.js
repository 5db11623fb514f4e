/** What everybody writes whose posts are fetched: friends, and those whom friends follow. */

import { html } from 'lit';
import { SkepElement } from '../element.js';
import { to } from '../router.js';

export class Around extends SkepElement {
  constructor() {
    super();
    this.load = (/** @type {string|undefined} */ next) => this.store.api.around(next);
  }

  render() {
    return html`<h1 tabindex="-1">Around you</h1>
      <p class="quiet">
        What your friends write, and those whom your friends follow. Of people you don’t follow
        yourself only words are kept, no pictures.
        <a href=${to.people}>Choose whose posts are fetched</a>.
      </p>
      <skep-posts
        .load=${this.load}
        .empty=${html`<p class="quiet end">Nothing yet. Follow somebody first.</p>`}
      ></skep-posts>`;
  }
}
