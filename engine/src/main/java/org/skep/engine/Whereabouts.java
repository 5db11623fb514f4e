package org.skep.engine;

import java.util.Optional;
import org.skep.kernel.Lane;
import org.skep.kernel.Store;
import org.skep.kernel.Vault;

/**
 * Asks, and is told, whether this data folder is the one that writes for its people or a copy.
 * While that is not known nobody here writes anything; what its owner answers is kept, for those
 * who lived here then. See decision 006. Any thread.
 */
public final class Whereabouts {
  private final Store store;
  private final Vault vault;
  private final CopyRest rest;

  Whereabouts(Store store, Vault vault, CopyRest rest) {
    this.store = store;
    this.vault = vault;
    this.rest = rest;
  }

  /**
   * Has nobody write before one of the answers is given. Where nobody lives there is nothing to
   * ask.
   *
   * @param words what was found, in plain sentences
   */
  public void ask(String words) {
    rest.setQuestion(store.read(vault::accounts).isEmpty() ? Optional.empty() : Optional.of(words));
  }

  /** What waits for an answer, in plain sentences. */
  public Optional<String> question() {
    return rest.question();
  }

  /**
   * It may lack what was written since: identities rest until their owners say that all is here.
   * Answers no question; those of a copy rest as such.
   */
  public void rest() {
    begin(CopyRest.Cause.PUT_BACK);
  }

  /** It is the one: everybody writes on who does not rest. */
  public void isTheOne() {
    rest.setQuestion(Optional.empty());
  }

  /** Another one goes on writing with the keys that are here. */
  public void isCopy() {
    begin(CopyRest.Cause.COPY);
    rest.setQuestion(Optional.empty());
  }

  private void begin(CopyRest.Cause cause) {
    store.write(
        Lane.OWN,
        tx -> {
          rest.begin(tx, cause);
          return cause;
        });
  }
}
