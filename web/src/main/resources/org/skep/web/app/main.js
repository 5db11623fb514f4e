/** Starts the page. */

import { useStore } from './element.js';
import { takePageKey } from './pagekey.js';
import { Store } from './store.js';
import { App } from './shell.js';
import { defineParts } from './parts/all.js';
import { definePages } from './pages/all.js';

takePageKey();
const store = new Store();
useStore(store);
defineParts();
definePages();
customElements.define('skep-app', App);
void store.start();

