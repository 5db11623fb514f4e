package org.skep.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.skep.kernel.AccountId;
import org.skep.kernel.NetworkStatus;
import org.skep.kernel.Progress;
import org.skep.kernel.http.Site;

/** What the API asks of the running node beyond the engine; {@code app} answers. Any thread. */
public interface NodeControl {
  /**
   * How the node goes, as far as it concerns one account.
   *
   * @param startedMillis when it was started
   * @param ports where each site listens
   * @param networkPorts where each network listens, by its name; absent when it does not
   * @param networks how each network goes, by its name
   * @param diskBytes what the data folder holds
   * @param progress longer work under way
   * @param troubles what does not work just now, in plain sentences
   * @param copied what makes this node ask whether it is a copy, in plain sentences; empty when it
   *     does not ask
   * @param settings what the operator chose, without secrets
   */
  record Status(
      long startedMillis,
      Map<Site, Integer> ports,
      Map<String, Integer> networkPorts,
      Map<String, NetworkStatus> networks,
      long diskBytes,
      List<Progress> progress,
      List<String> troubles,
      Optional<String> copied,
      Map<String, String> settings) {}

  Status status(AccountId account);

  /** Which version of the program runs. */
  String version();

  /**
   * Remembers an address and dials it.
   *
   * @return what happens now, in words
   * @throws org.skep.engine.Refusal when no network knows the form of the address
   */
  String connect(AccountId account, String address);

  /**
   * Makes another person at home on this node.
   *
   * @param secret a Scuttlebutt {@code secret} file's text
   * @throws org.skep.engine.Refusal when the name or the secret can't be used
   */
  AccountId addPerson(String name, Optional<String> secret);

  /**
   * Answers a node that asks: it is the one Skep of its people, and there is no other.
   *
   * @throws org.skep.engine.Refusal when it does not ask, or the other one can be seen
   */
  void moved();

  /**
   * Answers a node that asks: another one goes on writing, and this one reads.
   *
   * @throws org.skep.engine.Refusal when it does not ask
   */
  void copied();

  /** Gives the command line tokens that work, where those it had were withdrawn. */
  void renewTokens();

  /** Everybody at home here, by their number, with the names they came in with. */
  Map<AccountId, String> people();

  /** Stops the node soon after the answer is out. */
  void stop();

  /**
   * Builds every view anew from the facts, while the page keeps answering.
   *
   * @throws InterruptedException when the node stops meanwhile; the old views are still there
   */
  void rebuild() throws InterruptedException;

  /**
   * Tells every row of every view, one after the other in a canonical order; for comparing before
   * and after a rebuild.
   */
  void dumpViews(Consumer<String> each);
}
