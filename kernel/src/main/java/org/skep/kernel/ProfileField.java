package org.skep.kernel;

/** What a profile says. */
public enum ProfileField {
  NAME,
  DESCRIPTION
}
