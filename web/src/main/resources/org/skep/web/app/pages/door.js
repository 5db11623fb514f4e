/** What somebody sees who has not been let in. */

import { html } from 'lit';
import { SkepElement } from '../element.js';
import { mark } from '../icons.js';

export class Door extends SkepElement {
  render() {
    return html`<main class="door">
      <p class="wordmark">${mark()}<span>Skep</span></p>
      <h1 tabindex="-1">This browser has not been let in yet</h1>
      <p>
        What is here belongs to somebody, so a browser is let in only by the computer itself. If it
        is yours, open a second terminal window in Skep’s folder and type:
      </p>
      <pre><code>./skep open</code></pre>
      <p>
        It opens this page with a link that works once. After that this browser is remembered, and
        you come in without asking.
      </p>
      <p class="quiet">Not yours? Then there is nothing to see here. Have a good day.</p>
      <button class="plain" @click=${() => location.reload()}>I have done it</button>
    </main>`;
  }
}
