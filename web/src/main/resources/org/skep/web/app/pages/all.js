/** Every screen, by its tag. */

import { Around } from './around.js';
import { Bookmarks } from './bookmarks.js';
import { Door } from './door.js';
import { Home } from './home.js';
import { LettersPage, WritePage } from './letters.js';
import { People } from './people.js';
import { Person } from './person.js';
import { NodeStatus } from './status.js';
import { Tag } from './tag.js';
import { Thread } from './thread.js';
import { You } from './you.js';

export function definePages() {
  customElements.define('skep-door', Door);
  customElements.define('skep-home', Home);
  customElements.define('skep-thread', Thread);
  customElements.define('skep-person', Person);
  customElements.define('skep-people', People);
  customElements.define('skep-letters', LettersPage);
  customElements.define('skep-write', WritePage);
  customElements.define('skep-bookmarks', Bookmarks);
  customElements.define('skep-around', Around);
  customElements.define('skep-tag', Tag);
  customElements.define('skep-you', You);
  customElements.define('skep-status', NodeStatus);
}
