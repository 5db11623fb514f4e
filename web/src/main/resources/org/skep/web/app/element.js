/**
 * What all our components share: they are drawn into the page itself (one set of style sheets
 * serves all), know the store, and are drawn again when it changes.
 */

import { LitElement } from 'lit';

/** @import {Store} from './store.js' */

/** @type {Store|undefined} */
let theStore;

/** @param {Store} store handed in once, by `main.js`, before the first component is made */
export function useStore(store) {
  theStore = store;
}

export class SkepElement extends LitElement {
  constructor() {
    super();
    if (!theStore) throw new Error('a component was made before the store');
    this.store = theStore;
    this.whenStoreChanged = () => this.requestUpdate();
  }

  /** Style sheets of the page apply: no shadow tree. */
  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.store.addEventListener('change', this.whenStoreChanged);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.store.removeEventListener('change', this.whenStoreChanged);
  }
}
