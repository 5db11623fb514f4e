/** Small drawings of our own. They repeat what words beside them say, so they are silent. */

import { html, svg } from 'lit';

const SHAPES = {
  home: svg`<path d="M3.5 10.5 12 4l8.5 6.5M6 9v10.5h12V9M10 19.5v-5.5h4v5.5"/>`,
  people: svg`<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 19.5c.5-4 3-6 6.5-6s6 2 6.5 6M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.5 14c2.3.7 3.7 2.6 4 5.5"/>`,
  bookmark: svg`<path d="M6.5 3.8h11v16.4L12 16l-5.5 4.2z"/>`,
  you: svg`<circle cx="12" cy="8" r="4"/><path d="M4.5 20.2c.7-4.5 3.5-6.7 7.5-6.7s6.8 2.2 7.5 6.7"/>`,
  status: svg`<path d="M12 20v-9M8.5 7.5 12 11l3.5-3.5"/><circle cx="6.5" cy="5.5" r="2.3"/><circle cx="17.5" cy="5.5" r="2.3"/><path d="M7 20.2h10"/>`,
  reply: svg`<path d="M9.5 5.5 4 10.8l5.5 5.3M4.5 10.8h8.3c4.2 0 6.7 2.6 7.2 7.7"/>`,
  boost: svg`<path d="M4 13V9.5A3.5 3.5 0 0 1 7.5 6H17M14 2.8 17.2 6 14 9.2M20 11v3.5a3.5 3.5 0 0 1-3.5 3.5H7M10 21.2 6.8 18l3.2-3.2"/>`,
  heart: svg`<path d="M12 20S3.8 15 3.8 9.3A4.4 4.4 0 0 1 12 7.2a4.4 4.4 0 0 1 8.2 2.1C20.2 15 12 20 12 20z"/>`,
  world: svg`<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c2.6 2.5 3.8 5.3 3.8 8.5s-1.2 6-3.8 8.5c-2.6-2.5-3.8-5.3-3.8-8.5s1.2-6 3.8-8.5z"/>`,
  house: svg`<path d="M4 11 12 4.5 20 11M6.5 9.5v10h11v-10"/>`,
  shell: svg`<path d="M12 20.5 4 9.5a8.4 8.4 0 0 1 16 0zM12 20.5V4.5M12 20.5 8 5.5M12 20.5l4-15"/>`,
  picture: svg`<rect x="3.5" y="5" width="17" height="14" rx="2"/><circle cx="9" cy="10" r="1.6"/><path d="m4 17 5-4 3.5 2.7L16 12.5l4.3 4"/>`,
  letter: svg`<rect x="3.5" y="5.5" width="17" height="13" rx="2"/><path d="m4.2 7 7.8 6 7.8-6"/>`,
  paper: svg`<path d="M6 3.5h8.5L18.5 8v12.5H6zM14 3.8v4.7h4.3"/>`,
  close: svg`<path d="m6 6 12 12M18 6 6 18"/>`,
  pen: svg`<path d="M4.5 19.5 5.6 15 16 4.6a2 2 0 0 1 2.8 0l.6.6a2 2 0 0 1 0 2.8L9 18.4zM13.8 6.8l3.4 3.4"/>`,
  bin: svg`<path d="M4.5 6.5h15M9 6.5V4h6v2.5M6.5 6.5l.9 13.5h9.2l.9-13.5M10 10v6.5M14 10v6.5"/>`,
  next: svg`<path d="m9.5 5 6.5 7-6.5 7"/>`,
  back: svg`<path d="M14.5 5 8 12l6.5 7"/>`,
};

/** @param {keyof typeof SHAPES} name */
export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${SHAPES[name]}</svg>`;
}

/** Our mark: a basket of coiled straw. */
export function mark() {
  return html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
    <path d="M13 6.3h6M8.9 11h14.2M6.6 15.7h18.8M5.4 20.4h21.2M5 25.1h22" />
  </svg>`;
}
