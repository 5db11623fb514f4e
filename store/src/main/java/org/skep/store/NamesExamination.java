package org.skep.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.kernel.Examination;
import org.skep.kernel.Row;
import org.skep.kernel.Snapshots;
import org.skep.kernel.Tx;

/**
 * Whether every name is found by its hash, and stands once: what no look at the form of the
 * database can tell, and what would make two of one author or one post.
 */
public final class NamesExamination implements Examination {
  private static final String WHAT_TO_DO =
      " The disk may be failing, so make a copy elsewhere. Say: ./skep export DIR";

  private final Snapshots store;

  public NamesExamination(Snapshots store) {
    this.store = store;
  }

  @Override
  public List<Finding> look() {
    return store.read(tx -> {
      List<Finding> findings = new ArrayList<>();
      Misplaced misplaced = new Misplaced();
      tx.all(misplaced::see, "SELECT hash, network, foreign_id FROM alias");
      misplaced
          .words()
          .map(words -> new Finding.Wrong("The disk did not keep " + words + "." + WHAT_TO_DO))
          .ifPresent(findings::add);
      twice(tx)
          .map(name ->
              new Finding.Wrong(
                  "In the database the name "
                      + name
                      + " stands twice, so that what is known of it"
                      + " may be shown in part."
                      + WHAT_TO_DO))
          .ifPresent(findings::add);
      return findings;
    });
  }

  /** Names under another hash than theirs. */
  private static final class Misplaced {
    private long count;
    private String first = "";

    /** Always the same, so that a list of it takes no room to speak of. */
    boolean see(Row row) {
      if (row.number(0) != NameHash.of(row.text(1), row.text(2))) {
        count++;
        first = count == 1 ? row.text(2) : first;
      }
      return true;
    }

    Optional<String> words() {
      return switch ((int) Math.min(count, 2)) {
        case 0 -> Optional.empty();
        case 1 -> Optional.of("the name " + first + " as it was");
        default -> Optional.of(count + " names as they were, " + first + " among them");
      };
    }
  }

  private static Optional<String> twice(Tx tx) {
    return tx.first(
        row -> row.text(0),
        "SELECT a.foreign_id FROM alias a JOIN alias b ON b.hash = a.hash AND b.number > a.number"
            + " AND b.network = a.network AND b.foreign_id = a.foreign_id LIMIT 1");
  }
}
