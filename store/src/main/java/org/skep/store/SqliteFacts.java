package org.skep.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.skep.kernel.AccountId;
import org.skep.kernel.Aliases;
import org.skep.kernel.Bytes;
import org.skep.kernel.Evidence;
import org.skep.kernel.Fact;
import org.skep.kernel.Facts;
import org.skep.kernel.Feeds;
import org.skep.kernel.Kept;
import org.skep.kernel.Lane;
import org.skep.kernel.LogPosition;
import org.skep.kernel.NetworkId;
import org.skep.kernel.NewFact;
import org.skep.kernel.RecordException;
import org.skep.kernel.Ref;
import org.skep.kernel.Row;
import org.skep.kernel.Snapshots;
import org.skep.kernel.Store;
import org.skep.kernel.StoreException;
import org.skep.kernel.Tx;

/** Facts and the index of logs over them. */
public final class SqliteFacts implements Facts, Feeds {
  private static final System.Logger LOG = System.getLogger(SqliteFacts.class.getName());

  private static final String COLUMNS =
      "SELECT f.local_seq, f.local_id, i.network, i.foreign_id, a.network, a.foreign_id, f.log,"
          + " f.sequence, p.foreign_id, f.claimed_ms, f.evidence, f.compression, f.bytes,"
          + " f.effective_ms, f.received_ms, f.news, o.words, f.previous"
          // Also where a name is gone: that is a damaged record, and none that is not there.
          + " FROM fact f LEFT JOIN alias i ON i.number = f.alias"
          + " LEFT JOIN alias a ON a.number = f.author LEFT JOIN origin o ON o.number = f.origin"
          + " LEFT JOIN alias p ON p.number = f.previous ";

  /** What is kept beyond the head of its log was not checked against the entry before. */
  private static final String VERIFIED =
      "JOIN feed e ON e.author = f.author AND e.log = f.log JOIN fact h ON h.local_seq = e.head"
          + " WHERE f.author = ? AND f.log = ? AND f.sequence <= h.sequence";

  private static final int SLICE = 50;

  private final Aliases aliases;
  private final Compression compression;

  public SqliteFacts(Snapshots store, Aliases aliases) {
    this.aliases = aliases;
    this.compression = store.read(Compression::new);
  }

  @Override
  public Fact keep(Tx tx, NewFact content, Shown shown, String origin) {
    long localId = LocalIds.next(tx, shown);
    Compression.Packed packed =
        compression.pack(content.bytes(), names(content.author(), content.position()));
    LogPosition position = content.position();
    NetworkId network = content.id().network();
    long localSeq =
        tx.number(
                "INSERT INTO fact (local_id, alias, author, log, sequence, previous, claimed_ms,"
                    + " effective_ms, received_ms, news, evidence, origin, compression, bytes)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING local_seq",
                localId,
                aliases.number(tx, content.id()),
                aliases.number(tx, content.author()),
                position.log(),
                position.sequence(),
                position.previousId().map(id -> aliases.number(tx, new Ref(network, id))),
                content.claimedMillis(),
                shown.effectiveMillis(),
                shown.receivedMillis(),
                shown.news(),
                content.evidence().name(),
                origin(tx, origin),
                packed.method(),
                packed.bytes())
            .orElseThrow();
    return new Fact(
        localSeq,
        localId,
        content,
        shown.effectiveMillis(),
        shown.receivedMillis(),
        shown.news(),
        origin);
  }

  /** What an entry of a log says of itself, and its row says too. */
  private static List<String> names(Ref author, LogPosition position) {
    return Stream.concat(Stream.of(author.id()), position.previousId().stream()).toList();
  }

  private record Origin(String words) {}

  private static long origin(Tx tx, String words) {
    return tx.once(
            new Origin(words),
            () ->
                tx.number("SELECT number FROM origin WHERE words = ?", words)
                    .or(() ->
                        tx.number("INSERT INTO origin (words) VALUES (?) RETURNING number", words)))
        .orElseThrow();
  }

  @Override
  public boolean has(Tx tx, Ref id) {
    return aliases
        .find(tx, id)
        .flatMap(number -> tx.number("SELECT 1 FROM fact WHERE alias = ?", number))
        .isPresent();
  }

  @Override
  public List<Kept> after(Tx tx, long localSeq, int max) {
    return tx.all(
        row -> kept(tx, row),
        COLUMNS + "WHERE f.local_seq > ? ORDER BY f.local_seq LIMIT ?",
        localSeq,
        Math.max(max, 0));
  }

  @Override
  public Optional<Fact> at(Tx tx, long localSeq) {
    return tx.first(row -> fact(tx, row), COLUMNS + "WHERE f.local_seq = ?", localSeq);
  }

  @Override
  public long lastSeq(Tx tx) {
    return tx.number("SELECT max(local_seq) FROM fact").orElse(0L);
  }

  @Override
  public boolean keepContentKey(Tx tx, AccountId account, long localSeq, Bytes key) {
    return tx.run(
            "INSERT INTO content_key (local_seq, account, key) VALUES (?, ?, ?)"
                + " ON CONFLICT (local_seq, account) DO NOTHING",
            localSeq,
            account.value(),
            key)
        > 0;
  }

  @Override
  public List<Bytes> contentKeys(Tx tx, long localSeq) {
    return tx.all(
        row -> row.bytes(0),
        "SELECT key FROM content_key WHERE local_seq = ? GROUP BY key ORDER BY min(account)",
        localSeq);
  }

  /** The end of a log, until it moves. */
  private record End(Ref author, String log) {}

  @Override
  public Optional<Head> head(Tx tx, Ref author, String log) {
    return tx.once(new End(author, log), () -> readHead(tx, author, log));
  }

  /** Of a log whose end has moved here it is known already. */
  private Optional<Head> readHead(Tx tx, Ref author, String log) {
    return aliases
        .find(tx, author)
        .flatMap(number ->
            tx.first(
                row -> new Head(row.number(0), row.text(1), row.number(2)),
                "SELECT f.sequence, i.foreign_id, f.effective_ms FROM feed e"
                    + " JOIN fact f ON f.local_seq = e.head JOIN alias i ON i.number = f.alias"
                    + " WHERE e.author = ? AND e.log = ?",
                number,
                log));
  }

  @Override
  public void append(Tx tx, Fact fact) {
    NewFact content = fact.content();
    LogPosition position = content.position();
    Optional<Head> head = head(tx, content.author(), position.log());
    boolean follows =
        head.map(last ->
                position.sequence() == last.sequence() + 1
                    && position.previousId().equals(Optional.of(last.id())))
            .orElse(position.previousId().isEmpty());
    if (!follows) {
      throw new StoreException("entry " + position.sequence() + " does not follow its log's head");
    }
    End end = new End(content.author(), position.log());
    long author = aliases.number(tx, content.author());
    moved(tx).put(end, () -> write(tx, author, end.log(), fact.localSeq()));
    tx.forget(end);
    tx.once(
        end,
        () ->
            Optional.of(new Head(position.sequence(), content.id().id(), fact.effectiveMillis())));
  }

  private static void write(Tx tx, long author, String log, long head) {
    tx.run(
        "INSERT INTO feed (author, log, head) VALUES (?, ?, ?)"
            + " ON CONFLICT (author, log) DO UPDATE SET head = excluded.head",
        author,
        log,
        head);
  }

  /** For the ends that have moved in a transaction and are not in the table yet. */
  private record Moved() {}

  /**
   * Of a log that moves forward by many entries at once, the last end alone is written: when the
   * transaction ends, or when somebody is about to read the table.
   */
  private static Map<End, Runnable> moved(Tx tx) {
    Moved key = new Moved();
    Map<End, Runnable> moved =
        tx.once(key, () -> Optional.of(new LinkedHashMap<End, Runnable>())).orElseThrow();
    tx.atEnd(key, () -> settle(tx));
    return moved;
  }

  private static void settle(Tx tx) {
    Moved key = new Moved();
    tx.<Map<End, Runnable>>once(key, Optional::empty)
        .ifPresent(moved -> {
          tx.forget(key);
          moved.values().forEach(Runnable::run);
        });
  }

  @Override
  public Optional<Long> metMillis(Tx tx, Ref author, String log) {
    settle(tx);
    return aliases
        .find(tx, author)
        .flatMap(number ->
            tx.number(
                "SELECT f.received_ms FROM fact f " + VERIFIED + " ORDER BY f.sequence LIMIT 1",
                number,
                log));
  }

  @Override
  public List<Fact> range(Tx tx, Ref author, String log, long afterSequence, int max) {
    settle(tx);
    return aliases
        .find(tx, author)
        .map(number ->
            tx.<Kept>all(
                row -> kept(tx, row),
                COLUMNS + VERIFIED + " AND f.sequence > ? ORDER BY f.sequence LIMIT ?",
                number,
                log,
                afterSequence,
                Math.max(max, 0)))
        .map(SqliteFacts::untilDamaged)
        .orElse(List.of());
  }

  private static List<Fact> untilDamaged(List<Kept> entries) {
    List<Fact> facts = new ArrayList<>();
    for (Kept entry : entries) {
      switch (entry) {
        case Fact fact -> facts.add(fact);
        case Kept.Damaged damaged -> {
          LOG.log(
              System.Logger.Level.WARNING,
              "a log is given only up to {0}: {1}",
              damaged.name(),
              damaged.reason());
          return facts;
        }
      }
    }
    return facts;
  }

  @Override
  public int release(Tx tx, Ref author, String log, int max) {
    settle(tx);
    Optional<Long> number = aliases.find(tx, author);
    Optional<Head> head = head(tx, author, log);
    if (number.isEmpty() || head.isEmpty()) {
      return 0;
    }
    List<Long> last =
        tx.all(
            row -> row.number(0),
            "SELECT local_seq FROM fact WHERE author = ? AND log = ? AND local_seq < ?"
                + " AND sequence > (SELECT ifnull(max(sequence), -1) FROM fact WHERE author = ?"
                + " AND log = ? AND local_seq >= ?) ORDER BY sequence DESC LIMIT ?",
            number.get(),
            log,
            lastSeq(tx),
            number.get(),
            log,
            lastSeq(tx),
            max);
    for (long localSeq : last) {
      tx.run("DELETE FROM content_key WHERE local_seq = ?", localSeq);
      tx.run(
          "INSERT INTO released_id (local_id) SELECT local_id FROM fact WHERE local_seq = ?",
          localSeq);
      tx.run("DELETE FROM fact WHERE local_seq = ?", localSeq);
    }
    tx.forget(new End(author, log));
    // What stands beyond the old end was never checked, and is no end now.
    Optional<Long> end =
        tx.number(
            "SELECT local_seq FROM fact WHERE author = ? AND log = ? AND sequence <= ?"
                + " ORDER BY sequence DESC LIMIT 1",
            number.get(),
            log,
            head.get().sequence());
    if (end.isPresent()) {
      tx.run("UPDATE feed SET head = ? WHERE author = ? AND log = ?", end.get(), number.get(), log);
    } else {
      tx.run("DELETE FROM feed WHERE author = ? AND log = ?", number.get(), log);
      tx.run("DELETE FROM deferred WHERE author = ? AND log = ?", number.get(), log);
      tx.run("DELETE FROM fork WHERE author = ? AND log = ?", number.get(), log);
      tx.run("DELETE FROM unwanted WHERE author = ? AND log = ?", number.get(), log);
    }
    return last.size();
  }

  @Override
  public void checkpoint(Tx tx, Ref author, String log, long sequence) {
    tx.run(
        "INSERT INTO feed (author, log, checkpoint) VALUES (?, ?, ?)"
            + " ON CONFLICT (author, log) DO UPDATE SET"
            + " checkpoint = coalesce(checkpoint, excluded.checkpoint)",
        aliases.number(tx, author),
        log,
        sequence);
  }

  @Override
  public Optional<Long> checkpoint(Tx tx, Ref author, String log) {
    return aliases
        .find(tx, author)
        .flatMap(number ->
            tx.number("SELECT checkpoint FROM feed WHERE author = ? AND log = ?", number, log));
  }

  private Kept kept(Tx tx, Row row) {
    try {
      return fact(tx, row);
    } catch (RecordException e) {
      return new Kept.Damaged(
          row.number(0),
          row.textIfAny(5).orElse("somebody"),
          row.numberIfAny(7).orElse(0L),
          String.valueOf(e.getMessage()));
    }
  }

  /**
   * @throws RecordException when what is kept is damaged
   */
  private Fact fact(Tx tx, Row row) {
    try {
      return read(tx, row);
    } catch (IllegalArgumentException e) {
      throw new RecordException("a kept record is damaged: " + e.getMessage(), e);
    }
  }

  private Fact read(Tx tx, Row row) {
    NetworkId network = new NetworkId(row.text(2));
    if (!row.isNull(17) && row.isNull(8)) {
      throw new RecordException("the name of the entry before is missing");
    }
    Ref author = new Ref(new NetworkId(row.text(4)), row.text(5));
    LogPosition position = new LogPosition(row.text(6), row.number(7), row.textIfAny(8));
    return new Fact(
        row.number(0),
        row.number(1),
        new NewFact(
            new Ref(network, row.text(3)),
            author,
            position,
            row.number(9),
            Evidence.valueOf(row.text(10)),
            compression.unpack(
                tx,
                new Compression.Packed(row.number(11), row.bytes(12)),
                names(author, position))),
        row.number(13),
        row.number(14),
        row.flag(15),
        row.text(16));
  }

  private static boolean isSample(int bytes) {
    return bytes > 0 && bytes <= Compression.SAMPLE_BYTES_MAX;
  }

  /**
   * Trains a dictionary when enough records are kept and there is none; called now and then by
   * whoever keeps many. Not from inside a transaction.
   *
   * @return whether a new dictionary is in use
   */
  public boolean trainIfDue(Store store) {
    long last = store.read(this::lastSeq);
    if (!compression.wantsTraining(last)) {
      return false;
    }
    List<byte[]> samples = new ArrayList<>();
    long seen = 0;
    while (samples.size() < Compression.SAMPLES_MAX && seen < last) {
      long from = seen;
      List<Kept> slice = store.read(tx -> after(tx, from, SLICE));
      slice.stream()
          .flatMap(kept -> kept instanceof Fact fact ? Stream.of(fact.content()) : Stream.empty())
          .filter(content -> isSample(content.bytes().length()))
          .map(content ->
              Abridged.of(content.bytes().toArray(), names(content.author(), content.position())))
          .forEach(samples::add);
      seen = slice.isEmpty() ? last : slice.getLast().localSeq();
    }
    Optional<Bytes> dictionary = compression.train(samples, last);
    dictionary.ifPresent(bytes -> {
      long number = store.write(Lane.REBUILD, tx -> Compression.keep(tx, bytes));
      // Only after the commit: no row may name a dictionary that is not on disk.
      compression.use(number, bytes);
    });
    return dictionary.isPresent();
  }
}
