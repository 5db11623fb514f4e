package org.skep.kernel.http;

/** One of the three web origins of a node, each on a port of its own. */
public enum Site {
  /** The owner's page and the client API: the only place where a session or a token counts. */
  APP,
  /** What protocols and other people's visits may reach; nobody is ever signed in here. */
  PUBLIC,
  /** Everything foreign (sites, pods, media), kept apart from the page by a sandbox. */
  CONTENT
}
