/** What is said about one thing, by everybody whose posts are fetched. */

import { html } from 'lit';
import { SkepElement } from '../element.js';
import { oneLine } from '../names.js';

/** @import {Status} from '../types.js' */

export class Tag extends SkepElement {
  static properties = { tag: { attribute: false }, load: { state: true } };

  constructor() {
    super();
    this.tag = '';
    /** Made anew for another tag, to have the list begin anew. */
    this.load = this.#loader('');
  }

  /** @param {string} tag */
  #loader(tag) {
    return (/** @type {string|undefined} */ next) => this.store.api.about(tag, next);
  }

  /** @param {Status} status */
  #isAboutIt = (status) =>
    status.tags?.some((one) => one.name === this.tag.toLowerCase()) ?? false;

  /** @param {import('lit').PropertyValues} changed */
  willUpdate(changed) {
    if (changed.has('tag')) this.load = this.#loader(this.tag);
  }

  render() {
    return html`<h1 tabindex="-1"><bdi>#${oneLine(this.tag.replace(/^#/, ''))}</bdi></h1>
      <p class="quiet">What the people around you say about it.</p>
      <skep-posts
        .load=${this.load}
        .belongs=${this.#isAboutIt}
        .empty=${html`<p class="quiet end">Nobody around you has said anything about it yet.</p>`}
      ></skep-posts>`;
  }
}
