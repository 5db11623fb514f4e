/** Every part that screens are made of, by its tag. */

import { Compose } from './compose.js';
import { Copied } from './copied.js';
import { CopyField } from './copy.js';
import { Finder } from './finder.js';
import { FirstTime } from './first-time.js';
import { Follow } from './follow.js';
import { Gallery } from './gallery.js';
import { Held } from './held.js';
import { HoldBack } from './hold-back.js';
import { Picks } from './picks.js';
import { Portrait } from './portrait.js';
import { Post } from './post.js';
import { Posts } from './posts.js';
import { Reach } from './reach.js';
import { Versions } from './versions.js';
import { Words } from './words.js';
import { Works } from './works.js';
import { Yours } from './yours.js';

export function defineParts() {
  customElements.define('skep-words', Words);
  customElements.define('skep-first-time', FirstTime);
  customElements.define('skep-picks', Picks);
  customElements.define('skep-compose', Compose);
  customElements.define('skep-portrait', Portrait);
  customElements.define('skep-gallery', Gallery);
  customElements.define('skep-versions', Versions);
  customElements.define('skep-yours', Yours);
  customElements.define('skep-held', Held);
  customElements.define('skep-hold-back', HoldBack);
  customElements.define('skep-post', Post);
  customElements.define('skep-posts', Posts);
  customElements.define('skep-reach', Reach);
  customElements.define('skep-copied', Copied);
  customElements.define('skep-copy', CopyField);
  customElements.define('skep-finder', Finder);
  customElements.define('skep-follow', Follow);
  customElements.define('skep-works', Works);
}
