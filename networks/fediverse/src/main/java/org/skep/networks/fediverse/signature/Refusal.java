package org.skep.networks.fediverse.signature;

/** Why a request is not believed; the message is one plain sentence. */
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  Refusal(String sentence) {
    super(sentence);
  }

  Refusal(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
