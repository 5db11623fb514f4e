package org.skep.kernel;

/** Why a fact is believed. */
public enum Evidence {
  /** The author's own signature stands in the bytes and was checked. */
  SELF_SIGNED,
  /** This node wrote it for one of its accounts. */
  OWN
}
