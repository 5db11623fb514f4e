package org.skep.kernel;

/** What a profile says. */
public enum ProfileField {
  NAME,
  /** Markdown. */
  DESCRIPTION,
  /** A blob by its {@link Hash} in hexadecimal digits; empty for none. */
  PICTURE
}
