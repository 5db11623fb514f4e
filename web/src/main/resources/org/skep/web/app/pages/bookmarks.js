/** What was put aside to be found again. Nobody else sees it. */

import { html } from 'lit';
import { SkepElement } from '../element.js';

export class Bookmarks extends SkepElement {
  constructor() {
    super();
    this.load = (/** @type {string|undefined} */ next) => this.store.api.bookmarks(next);
  }

  render() {
    return html`<h1 tabindex="-1">Bookmarks</h1>
      <p class="quiet">Only you can see these.</p>
      <skep-posts
        asGiven
        .load=${this.load}
        .empty=${html`<p class="quiet end">
          Nothing yet. Press <em>Bookmark</em> under a post, and you find it again here.
        </p>`}
      ></skep-posts>`;
  }
}
