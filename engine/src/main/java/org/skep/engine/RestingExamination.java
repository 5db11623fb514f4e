package org.skep.engine;

import java.util.ArrayList;
import java.util.List;
import org.skep.kernel.Examination;
import org.skep.kernel.Snapshots;
import org.skep.kernel.Vault;

/** Whether everybody at home can write: a log that was copied or brought along rests. */
final class RestingExamination implements Examination {
  private final Snapshots store;
  private final Vault vault;
  private final LogReader logs;

  RestingExamination(Snapshots store, Vault vault, LogReader logs) {
    this.store = store;
    this.vault = vault;
    this.logs = logs;
  }

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    for (Vault.Account account : store.read(vault::accounts)) {
      logs.resting(account.id())
          .forEach((network, why) ->
              findings.add(
                  new Finding.Wrong(
                      ("%s writes nothing on %s for now. %s What to do then:"
                              + " ./skep resume --account '%s'")
                          .formatted(account.name(), network.name(), why, account.name()))));
    }
    return findings;
  }
}
