package org.skep.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.kernel.AccountId;
import org.skep.kernel.Aliases;
import org.skep.kernel.Bytes;
import org.skep.kernel.Fact;
import org.skep.kernel.Facts;
import org.skep.kernel.Hash;
import org.skep.kernel.NetworkId;
import org.skep.kernel.Ref;
import org.skep.kernel.Tx;
import org.skep.kernel.Vault;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.crypto.SecretBox;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsonException;
import org.skep.wire.json.JsonLimits;
import org.skep.wire.json.JsonParser;
import org.skep.wire.json.V8Writer;

/**
 * What is nobody else's: people, their keys, settings and addresses, what they keep for good, the
 * keys of what was sealed for them, and what they wrote that has not gone out yet; as JSON objects,
 * one a line. No tokens and no sessions. It leaves the store in this form only, to be sealed by a
 * passphrase, and comes back in it.
 */
public final class PrivateState {
  /** The longest line that is read. */
  public static final int LINE_CHARS_MAX = 1 << 20;

  private static final JsonLimits LIMITS = new JsonLimits(LINE_CHARS_MAX, 4);
  private static final int ACCOUNTS_MAX = 64;
  private static final int SLICE = 500;

  private final SqlVault vault;
  private final Aliases aliases;

  public PrivateState(SqlVault vault, Aliases aliases) {
    this.vault = vault;
    this.aliases = aliases;
  }

  /** Takes the lines, one after the other. */
  public interface Sink {
    void line(String line) throws IOException;
  }

  /** Gives all of it away: people first, then what hangs on them. */
  public void write(Tx tx, Sink sink) throws IOException {
    for (JsObject line : people(tx)) {
      sink.line(V8Writer.stringify(line));
    }
    for (JsObject line : pins(tx)) {
      sink.line(V8Writer.stringify(line));
    }
    long after = 0;
    List<Opened> slice = opened(tx, after);
    while (!slice.isEmpty()) {
      for (Opened one : slice) {
        sink.line(V8Writer.stringify(one.line()));
        after = one.row();
      }
      slice = opened(tx, after);
    }
    for (JsObject line : held(tx)) {
      sink.line(V8Writer.stringify(line));
    }
  }

  private static JsObject line(String type, long account) {
    return JsObject.EMPTY.with("type", type).with("account", new JsNumber(account));
  }

  private List<JsObject> people(Tx tx) {
    List<JsObject> lines = new ArrayList<>();
    lines.addAll(
        tx.all(
            row ->
                line("account", row.number(0))
                    .with("name", row.text(1))
                    .with("seal", row.bytes(2).base64())
                    .with("created_ms", new JsNumber(row.number(3))),
            "SELECT number, name, seal, created_ms FROM account ORDER BY number"));
    lines.addAll(
        tx.all(
            row ->
                line("key", row.number(0))
                    .with("purpose", row.text(1))
                    .with("seed", row.bytes(2).base64()),
            "SELECT account, purpose, seed FROM account_key ORDER BY account, purpose"));
    lines.addAll(
        tx.all(
            row ->
                line("identity", row.number(0))
                    .with("network", row.text(1))
                    .with("id", row.text(2)),
            "SELECT i.account, a.network, a.foreign_id FROM account_identity i"
                + " JOIN alias a ON a.number = i.identity ORDER BY i.account, i.identity"));
    lines.addAll(
        tx.all(
            row ->
                line("setting", row.number(0)).with("name", row.text(1)).with("value", row.text(2)),
            "SELECT account, name, value FROM setting ORDER BY account, name"));
    lines.addAll(
        tx.all(
            row ->
                line("address", row.number(0))
                    .with("network", row.text(1))
                    .with("address", row.text(2)),
            "SELECT account, network, address FROM address ORDER BY account, network, address"));
    return lines;
  }

  private static List<JsObject> pins(Tx tx) {
    return tx.all(
        row ->
            line("pin", row.number(0))
                .with("blob", row.bytes(1).hex())
                .with("purpose", row.text(2)),
        "SELECT account, hash, purpose FROM blob_pin ORDER BY account, hash, purpose");
  }

  private static List<JsObject> held(Tx tx) {
    return tx.all(
        row ->
            line("held", row.number(0))
                .with("network", row.text(1))
                .with("id", row.text(2))
                .with("due_ms", new JsNumber(row.number(3))),
        "SELECT h.account, a.network, a.foreign_id, h.due_ms FROM held h"
            + " JOIN alias a ON a.number = h.operation ORDER BY h.operation");
  }

  private record Opened(long row, JsObject line) {}

  /** One account's key of a fact is enough for this node, but each account has its own. */
  private static List<Opened> opened(Tx tx, long after) {
    return tx.all(
        row ->
            new Opened(
                row.number(0),
                line("content_key", row.number(1))
                    .with("network", row.text(2))
                    .with("id", row.text(3))
                    .with("key", row.bytes(4).base64())),
        // The account takes the last six bits: there are at most 64.
        "SELECT k.local_seq * 64 + k.account - 1, k.account, a.network, a.foreign_id, k.key"
            + " FROM content_key k JOIN fact f ON f.local_seq = k.local_seq"
            + " JOIN alias a ON a.number = f.alias"
            + " WHERE k.local_seq >= ? AND k.local_seq * 64 + k.account - 1 > ?"
            + " ORDER BY k.local_seq, k.account LIMIT ?",
        after / 64,
        after,
        SLICE);
  }

  /** One of the lines, read. */
  public sealed interface Line {
    AccountId account();

    /** People and what is theirs: restored before any fact comes. */
    sealed interface Person extends Line {}

    record Account(AccountId account, String name, Bytes seal, long createdMillis)
        implements Person {
      /** The key is not printed. */
      @Override
      public String toString() {
        return "Account " + name;
      }
    }

    record Key(AccountId account, String purpose, Bytes seed) implements Person {
      /** The seed is not printed. */
      @Override
      public String toString() {
        return "Key " + purpose;
      }
    }

    record Identity(AccountId account, Ref identity) implements Person {}

    record Setting(AccountId account, String name, String value) implements Person {}

    record Address(AccountId account, NetworkId network, String address) implements Person {}

    /** A blob that is kept for good. */
    record Pin(AccountId account, Hash blob, String purpose) implements Line {}

    /** An operation that no network hears of before its time, in milliseconds since 1970. */
    record Held(AccountId account, Ref operation, long dueMillis) implements Line {}

    /** What opens a fact that was sealed for the account. */
    record ContentKey(AccountId account, Ref fact, Bytes key) implements Line {
      /** The key is not printed. */
      @Override
      public String toString() {
        return "ContentKey " + fact;
      }
    }
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException when it is none, in words
   */
  public static Line parse(String text) {
    try {
      if (JsonParser.parse(text, LIMITS) instanceof JsObject line) {
        return parse(line);
      }
    } catch (JsonException e) {
      throw new IllegalArgumentException("a line of the private part is damaged", e);
    }
    throw new IllegalArgumentException("a line of the private part is no object");
  }

  private static Line parse(JsObject line) {
    AccountId account = new AccountId(number(line, "account", ACCOUNTS_MAX));
    return switch (text(line, "type")) {
      case "account" ->
          new Line.Account(
              account,
              text(line, "name"),
              secret(line, "seal", SecretBox.KEY_BYTES),
              number(line, "created_ms", Long.MAX_VALUE));
      case "key" ->
          new Line.Key(account, text(line, "purpose"), secret(line, "seed", Ed25519.SEED_BYTES));
      case "identity" -> new Line.Identity(account, ref(line));
      case "setting" -> new Line.Setting(account, text(line, "name"), text(line, "value"));
      case "address" ->
          new Line.Address(account, new NetworkId(text(line, "network")), text(line, "address"));
      case "pin" ->
          new Line.Pin(
              account,
              Hash.ofHex(text(line, "blob"))
                  .orElseThrow(() -> new IllegalArgumentException("a blob's name is no hash")),
              text(line, "purpose"));
      case "held" -> new Line.Held(account, ref(line), number(line, "due_ms", Long.MAX_VALUE));
      case "content_key" ->
          new Line.ContentKey(account, ref(line), Bytes.ofBase64(text(line, "key")));
      default -> throw new IllegalArgumentException("a line of the private part is not known");
    };
  }

  private static Ref ref(JsObject line) {
    return new Ref(new NetworkId(text(line, "network")), text(line, "id"));
  }

  private static String text(JsObject line, String key) {
    return line.string(key)
        .orElseThrow(() -> new IllegalArgumentException("a line of the private part lacks " + key));
  }

  private static Bytes secret(JsObject line, String key, int length) {
    Bytes secret = Bytes.ofBase64(text(line, key));
    if (secret.length() != length) {
      throw new IllegalArgumentException("a key of the private part has another length");
    }
    return secret;
  }

  private static long number(JsObject line, String key, long max) {
    return line.get(key)
        .filter(JsNumber.class::isInstance)
        .map(value -> ((JsNumber) value).value())
        .filter(value -> value >= 0 && value <= max && value == Math.rint(value))
        .map(Double::longValue)
        .orElseThrow(() -> new IllegalArgumentException("a line of the private part lacks " + key));
  }

  /** Makes a person, or a part of what is hers, in an empty store. */
  void restore(Tx tx, Line.Person line) {
    switch (line) {
      case Line.Account(AccountId account, String name, Bytes seal, long createdMillis) -> {
        if (name.isBlank() || name.length() > Actions.NAME_CHARS_MAX) {
          throw new IllegalArgumentException("a person of the private part has no name");
        }
        tx.run(
            "INSERT INTO account (number, name, seal, created_ms) VALUES (?, ?, ?, ?)",
            account.value(),
            name,
            seal,
            createdMillis);
      }
      case Line.Key(AccountId account, String purpose, Bytes seed) ->
          vault.importKey(tx, checked(tx, account), purpose, seed);
      case Line.Identity(AccountId account, Ref identity) ->
          tx.run(
              "INSERT INTO account_identity (identity, account) VALUES (?, ?)",
              aliases.number(tx, identity),
              checked(tx, account).value());
      case Line.Setting(AccountId account, String name, String value) -> {
        if (!CopyRest.isOfThisPlace(name, value)) {
          vault.set(tx, checked(tx, account), name, value);
        }
      }
      case Line.Address(AccountId account, NetworkId network, String address) ->
          tx.run(
              "INSERT OR IGNORE INTO address (account, network, address) VALUES (?, ?, ?)",
              checked(tx, account).value(),
              network.name(),
              address);
    }
  }

  private AccountId checked(Tx tx, AccountId account) {
    if (vault.accounts(tx).stream().map(Vault.Account::id).noneMatch(account::equals)) {
      throw new IllegalArgumentException("the private part names a person who is not in it");
    }
    return account;
  }

  /** Lets an operation of the account's wait for its time, where it is here. */
  void hold(Tx tx, Line.Held line) {
    Optional<Long> operation =
        aliases
            .find(tx, line.operation())
            .filter(alias ->
                tx.number(
                        "SELECT 1 FROM fact f JOIN account_identity i ON i.identity = f.author"
                            + " WHERE f.alias = ? AND i.account = ?",
                        alias,
                        line.account().value())
                    .isPresent());
    operation.ifPresent(number ->
        tx.run(
            "INSERT OR IGNORE INTO held (operation, account, due_ms, trouble)"
                + " VALUES (?, ?, ?, '')",
            number,
            line.account().value(),
            line.dueMillis()));
  }

  /** The fact that a key opens, where it is here and that key is not. */
  Optional<Fact> sealedFact(Tx tx, Facts facts, Line.ContentKey line) {
    return aliases
        .find(tx, line.fact())
        .flatMap(alias -> tx.number("SELECT local_seq FROM fact WHERE alias = ?", alias))
        .filter(seq ->
            tx.number(
                    "SELECT 1 FROM content_key WHERE local_seq = ? AND account = ?",
                    seq,
                    line.account().value())
                .isEmpty())
        .flatMap(seq -> facts.at(tx, seq));
  }
}
