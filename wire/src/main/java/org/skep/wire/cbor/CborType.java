package org.skep.wire.cbor;

/** What kind of item comes next. */
public enum CborType {
  UNSIGNED,
  NEGATIVE,
  BYTES,
  TEXT,
  ARRAY,
  MAP,
  BOOLEAN,
  NULL
}
